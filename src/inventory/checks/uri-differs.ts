import { taskKey } from '../../model/task-path.ts'
import type { Check } from '../check.ts'

/** The service writes the task's own path as its URI; Windows' own tasks may have another one, so it says little there. */
export const uriDiffers: Check = {
  id: 'uri-differs',
  find({ path, file, cached }) {
    const uri = file?.definition?.registrationInfo.uri ?? cached?.uri ?? null
    if (uri === null || taskKey(uri) === taskKey(path) || path.toLowerCase().startsWith('\\microsoft\\'))
      return undefined
    return { id: 'uri-differs', says: `It calls itself ${uri}, which is not its path.` }
  },
}

import type { Check } from '../check.ts'

/** The service writes an XML file for every task; a tool that writes the registry alone does not. */
export const noFile: Check = {
  id: 'no-file',
  find({ cached, file, job }, { artifacts }) {
    if (!cached || file || job || artifacts.files === null || !cached.inTasks) return undefined
    return { id: 'no-file', says: 'The registry has the task, but it has no file under System32\\Tasks.' }
  },
}

import { BaselineFile, BaselineFileError } from '../../stores/baseline-file.ts'
import { UsageError } from '../refusals.ts'

/** Opens a baseline that the user named. */
export function openBaseline(path: string): BaselineFile {
  try {
    return new BaselineFile(path)
  } catch (error) {
    throw error instanceof BaselineFileError ? new UsageError(error.message) : error
  }
}

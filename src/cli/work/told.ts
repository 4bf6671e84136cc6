import { readTold, type Told } from '../../measure/told.ts'
import { jsonLines, type ScanResult } from '../../report/index.ts'

/** What a scan told, in the form in which findings are judged. */
export const told = (result: ScanResult): Told[] =>
  [...jsonLines(result, { all: true })].flatMap((line) => readTold(JSON.parse(line)) ?? [])

import { readTold, type Told } from '../../measure/told.ts'
import { jsonLines, type ScanResult } from '../../report/index.ts'

/** What a scan told, in the form in which findings are judged. */
export const told = (result: ScanResult): Told[] =>
  [...jsonLines(result, { all: true })].map((line) => {
    const finding = readTold(JSON.parse(line))
    if ('wrong' in finding) throw new Error(`a finding of our own is of another form: ${finding.wrong}`)
    return finding.value
  })

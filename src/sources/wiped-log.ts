import { EVTX_SNIFF_SIZE, readFileHeader } from '../decode/evtx/index.ts'
import type { WipedLog } from '../model/artifact.ts'
import { counted } from '../model/counted.ts'
import type { Problem } from '../model/problem.ts'
import type { Content } from './content/content.ts'
import { beginningOfUnit } from './content/text-blocks.ts'
import type { Input } from './input.ts'

/** Whether a log's header says that it had records, and none is there. What an open log's header says is behind, but never ahead. */
export async function isWithoutItsRecords(content: Content): Promise<boolean> {
  const header = readFileHeader(content.beginning(EVTX_SNIFF_SIZE))
  return header !== undefined && header.nextRecordId > 1 && !(await content.mayHaveEvtxRecords())
}

/** What there is in an event log that holds no record, and the problem that this is. */
export async function lookAtWiped(
  input: Input,
): Promise<{ readonly holds: WipedLog['holds']; readonly problem: Problem }> {
  const { name, bytes } = input
  const told = (holds: WipedLog['holds'], reason: string) => ({
    holds,
    problem: { file: name, offset: null, chunk: null, code: 'wiped-log', reason },
  })
  const noHeader = 'a log without events has its header, so it was wiped or never copied'
  if (bytes === 0) return told('nothing', `it is empty: ${noHeader}`)
  const header = readFileHeader(await beginningOfUnit(input, EVTX_SNIFF_SIZE))
  if (header === undefined) return told('zeros', `all of it (${counted(bytes, 'byte')}) is zero: ${noHeader}`)
  const last = header.nextRecordId - 1
  return told(
    'header',
    `its header counts records up to id ${last}, and none is there: it was cleared or wiped, or its copy ended too soon`,
  )
}

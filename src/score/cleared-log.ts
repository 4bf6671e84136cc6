import type { ClearedLog } from '../model/chain.ts'
import type { FactorResult } from '../model/finding.ts'
import { quote } from './factor.ts'

/** By hand; who copies a log that is in use may get an empty file, so a wiped one weighs no more than one that was cleared. */
const bits = 3

/** What a log's file that holds nothing looks like. */
const wiped = {
  emptied: 'is empty: it was wiped, or never copied',
  zeroed: 'holds nothing but zeros: it was wiped, or never copied',
  'without-records':
    'holds no record, though its header counts some: it was cleared or wiped, or its copy ended too soon',
}

/** Why a cleared log is a finding by itself. */
export function weighClearedLog({ log, how, by }: ClearedLog): FactorResult {
  if (how === 'cleared')
    return { id: 'log-cleared', bits, says: `${quote(by?.user ?? 'Somebody')} cleared the log ${quote(log)}.` }
  return { id: 'log-wiped', bits, says: `The file of the log ${quote(log)} ${wiped[how]}.` }
}

import { counted } from '../../../model/counted.ts'
import { type NamedValue, stateChanges, type Trigger } from '../../../model/definition.ts'
import type { ByteReader } from '../../registry/byte-reader.ts'
import { Damage, hex } from '../../registry/damage.ts'
import { MAX_TEXT_BYTES } from '../limits.ts'
import { accountOf, alignedCharacters, alignedU8, alignedU32, packedText, readUser } from './aligned.ts'
import { readTimeTrigger, repetitionOf } from './job-schedule.ts'
import { duration, readMoment } from './moment.ts'

const WNF_STATE_CHANGE = 0x6666
const SESSION_STATE_CHANGE = 0x7777
const REGISTRATION = 0x8888
const LOGON = 0xaaaa
const EVENT = 0xcccc
const TIME = 0xdddd
const IDLE = 0xeeee
const BOOT = 0xffff

/** One trigger: u4 kind and what that kind has. Source: winreg-tasks, triggers.ksy. */
export function readTrigger(reader: ByteReader, version: number): Trigger {
  const at = reader.at
  const kind = alignedU32(reader, 'the kind of a trigger')
  switch (kind) {
    case TIME:
      return readTimeTrigger(reader, version)
    case BOOT: {
      const { base, delay } = readBase(reader, version, 'a boot trigger')
      return { kind: 'boot', ...base, delay }
    }
    case REGISTRATION: {
      const { base, delay } = readBase(reader, version, 'a registration trigger')
      return { kind: 'registration', ...base, delay }
    }
    case IDLE:
      return { kind: 'idle', ...readBase(reader, version, 'an idle trigger').base }
    case LOGON: {
      const { base, delay } = readBase(reader, version, 'a logon trigger')
      return { kind: 'logon', ...base, userId: accountOf(readUser(reader, 'a logon trigger')), delay }
    }
    case SESSION_STATE_CHANGE: {
      const { base, delay } = readBase(reader, version, 'a session trigger')
      const stateChange = stateChanges[alignedU32(reader, 'the state of a session') - 1] ?? null
      const userId = accountOf(readUser(reader, 'a session trigger'))
      return { kind: 'session-state-change', ...base, stateChange, userId, delay }
    }
    case EVENT:
      return readEventTrigger(reader, version)
    case WNF_STATE_CHANGE:
      return readWnfTrigger(reader, version)
    default:
      throw new Damage('unknown-layout', at, `no kind of trigger is ${hex(kind)}`)
  }
}

/**
 *     moment start, end; u4 delay, execution time limit, repetition interval, repetition duration, the same again;
 *     u1 stop at the duration's end, 3 unused; u1 enabled; 8 unknown; [text id, from version 0x16]
 */
function readBase(reader: ByteReader, version: number, what: string) {
  const startBoundary = readMoment(reader, what)
  const endBoundary = readMoment(reader, what)
  const delay = duration(reader.u32(what))
  const executionTimeLimit = duration(reader.u32(what))
  const interval = reader.u32(what)
  const length = reader.u32(what)
  reader.skip(4, what)
  const stop = reader.u8(what) !== 0
  reader.skip(3, what)
  const enabled = alignedU8(reader, what) !== 0
  reader.skip(8, what)
  const id = version >= 0x16 ? packedText(reader, `the id of ${what}`) : null
  const repetition = repetitionOf(interval, length, stop)
  return { base: { id, enabled, startBoundary, endBoundary, repetition, executionTimeLimit }, delay }
}

/** Two unknown numbers and an unknown text stand between the query and the values that are taken from the event. */
function readEventTrigger(reader: ByteReader, version: number): Trigger {
  const what = 'an event trigger'
  const { base, delay } = readBase(reader, version, what)
  const subscription = alignedCharacters(reader, 'the query of an event trigger')
  reader.skip(8, what)
  const matchingElement = alignedCharacters(reader, what)
  const at = reader.at
  const count = alignedU32(reader, 'the number of values of an event trigger')
  if (count * 16 > reader.left)
    throw new Damage('unknown-layout', at, `${counted(count, 'value')} in ${counted(reader.left, 'byte')}`)
  const valueQueries: NamedValue[] = []
  for (let index = 0; index < count; index++) {
    const name = alignedCharacters(reader, 'the name of a value') ?? ''
    valueQueries.push({ name, value: alignedCharacters(reader, 'the query of a value') ?? '' })
  }
  const occurrences = { periodOfOccurrence: null, numberOfOccurrences: 1 }
  return { kind: 'event', ...base, subscription, delay, ...occurrences, matchingElement, valueQueries }
}

/** The data is followed by the next trigger at once, without being filled up to 8 bytes. */
function readWnfTrigger(reader: ByteReader, version: number): Trigger {
  const what = 'a WNF trigger'
  const { base, delay } = readBase(reader, version, what)
  const stateName = reader.bytes(8, what).toString('hex').toUpperCase()
  const at = reader.at
  const length = alignedU32(reader, what)
  if (length > MAX_TEXT_BYTES) throw new Damage('too-large', at, `data of ${length} bytes`)
  const data = reader.bytes(length, 'the data of a WNF trigger').toString('hex').toUpperCase()
  return { kind: 'wnf-state-change', ...base, stateName, data: data || null, dataOffset: null, delay }
}

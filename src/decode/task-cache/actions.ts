import { counted } from '../../model/counted.ts'
import type { Action } from '../../model/definition.ts'
import { ByteReader, guidText } from '../registry/byte-reader.ts'
import { Damage, hex } from '../registry/damage.ts'
import { MAX_ACTIONS, MAX_TEXT_BYTES } from './limits.ts'
import { type Unread, unread } from './unread.ts'

/**
 * An action as the registry has it; a text that is empty is null. `flags` of an Exec action are kept as they are: nobody
 * has published what they mean, so `hideAppWindow` is always false here and must not be compared.
 */
export type CachedAction = Action & { readonly flags: number | null }

export interface CachedActions {
  readonly version: number
  /** The id of the principal as whom the actions run: `Author`, `LocalSystem`, … */
  readonly context: string | null
  readonly actions: readonly CachedAction[]
  /** Where reading ended before the end. */
  readonly unread: Unread | null
}

const EXEC = 0x6666
const COM_HANDLER = 0x7777
const SEND_EMAIL = 0x8888
const SHOW_MESSAGE = 0x9999
const kinds: readonly number[] = [EXEC, COM_HANDLER, SEND_EMAIL, SHOW_MESSAGE]

/**
 * The value `Actions` of a task:
 *
 *     u2 version; [text context]; then to the end: u2 kind, text id, and
 *       6666 Exec         text command, text arguments, text workingDirectory, [u2 flags]
 *       7777 ComHandler   GUID class, text data
 *       8888 SendEmail    text from, to, cc, bcc, replyTo, server, subject, body; u4 n, n × text attachment;
 *                         u4 n, n × (text name, text value)
 *       9999 ShowMessage  text title, text body
 *     text = u4 bytes, UTF-16 without an end mark
 *
 * Sources differ on who has context and flags: winreg-tasks says version 3 only, GhostTask writes version 2 with a context
 * and without flags. So a kind right after the version means that there is no context, and flags are taken where what
 * follows them makes sense.
 * Source: GDATAAdvancedAnalytics/winreg-tasks, actions.ksy.
 */
export function readActions(blob: Buffer): CachedActions {
  const reader = new ByteReader(blob)
  let version = 0
  let context: string | null = null
  const actions: CachedAction[] = []
  let start = 0
  try {
    version = reader.u16('the version')
    if (reader.left > 0 && !kinds.includes(reader.peekU16() as number)) context = textOrNull(reader, 'the context')
    while (reader.left > 0) {
      start = reader.at
      if (actions.length >= MAX_ACTIONS) throw new Damage('too-large', start, `more than ${MAX_ACTIONS} actions`)
      actions.push(readAction(reader, version))
    }
    return { version, context, actions, unread: null }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    return { version, context, actions, unread: unread(blob, start, error.message) }
  }
}

function readAction(reader: ByteReader, version: number): CachedAction {
  const at = reader.at
  const kind = reader.u16('the kind of an action')
  const id = textOrNull(reader, 'the id of an action')
  switch (kind) {
    case EXEC: {
      const command = text(reader, 'the command')
      const args = textOrNull(reader, 'the arguments')
      const workingDirectory = textOrNull(reader, 'the working directory')
      const flags = hasFlags(reader, version) ? reader.u16('the flags') : null
      return { kind: 'exec', id, command, arguments: args, workingDirectory, hideAppWindow: false, flags }
    }
    case COM_HANDLER: {
      const classId = guidText(reader.bytes(16, 'the class id'))
      return { kind: 'com-handler', id, classId, data: textOrNull(reader, 'the data of a COM handler'), flags: null }
    }
    case SEND_EMAIL:
      return readEmail(reader, id)
    case SHOW_MESSAGE: {
      const title = textOrNull(reader, 'the title')
      return { kind: 'show-message', id, title, body: textOrNull(reader, 'the message'), flags: null }
    }
    default:
      throw new Damage('unknown-layout', at, `no kind of action is ${hex(kind)}`)
  }
}

/** Flags belong to version 3, unless only the other reading leads on to an action or the end. */
function hasFlags(reader: ByteReader, version: number): boolean {
  if (reader.left < 2) return false // cut, or of the layout without: the action itself is there in full
  const goesOn = (ahead: number) => reader.left === ahead || kinds.includes(reader.peekU16(ahead) as number)
  return version === 3 ? goesOn(2) || !goesOn(0) : goesOn(2) && !goesOn(0)
}

function readEmail(reader: ByteReader, id: string | null): CachedAction {
  const from = textOrNull(reader, 'the sender')
  const to = textOrNull(reader, 'the recipient')
  const cc = textOrNull(reader, 'cc')
  const bcc = textOrNull(reader, 'bcc')
  const replyTo = textOrNull(reader, 'reply-to')
  const server = textOrNull(reader, 'the server')
  const subject = textOrNull(reader, 'the subject')
  const body = textOrNull(reader, 'the body')
  const attachments = Array.from({ length: count(reader, 4, 'attachments') }, () => text(reader, 'an attachment'))
  const headerFields = Array.from({ length: count(reader, 8, 'headers') }, () => {
    const name = text(reader, 'the name of a header')
    return { name, value: text(reader, 'the value of a header') }
  })
  const people = { from, to, cc, bcc, replyTo }
  return { kind: 'send-email', id, ...people, server, subject, body, attachments, headerFields, flags: null }
}

/** A number of things that each take at least `least` bytes. */
function count(reader: ByteReader, least: number, what: string): number {
  const at = reader.at
  const number = reader.u32(`the number of ${what}`)
  if (number * least > reader.left)
    throw new Damage('unknown-layout', at, `${number} ${what} in ${counted(reader.left, 'byte')}`)
  return number
}

function text(reader: ByteReader, what: string): string {
  const at = reader.at
  const length = reader.u32(`the length of ${what}`)
  if (length > MAX_TEXT_BYTES) throw new Damage('too-large', at, `${what} of ${length} bytes`)
  return reader.utf16(length, what)
}

function textOrNull(reader: ByteReader, what: string): string | null {
  return text(reader, what) || null
}

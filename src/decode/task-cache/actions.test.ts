/** Bytes written by hand from GDATAAdvancedAnalytics/winreg-tasks, actions.ksy, and from what GhostTask writes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readActions } from './actions.ts'
import { MAX_ACTIONS } from './limits.ts'

const u16 = (value: number) => Buffer.from([value & 0xff, value >> 8])
const u32 = (value: number) => Buffer.from([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24])
const text = (value: string) => Buffer.concat([u32(value.length * 2), Buffer.from(value, 'utf16le')])
const join = (...parts: Buffer[]) => Buffer.concat(parts)
const exec = (command: string, args = '', folder = '') =>
  join(u16(0x6666), text(''), text(command), text(args), text(folder))
const calc = {
  kind: 'exec',
  id: null,
  command: 'calc.exe',
  arguments: null,
  workingDirectory: null,
  hideAppWindow: false,
}

describe('Actions', () => {
  test('of version 3 have a context, and Exec has flags', () => {
    const blob = join(u16(3), text('Author'), exec('calc.exe'), u16(1), exec('cmd.exe', '/c dir', 'C:\\'), u16(0))
    expect(readActions(blob)).toEqual({
      version: 3,
      context: 'Author',
      actions: [
        { ...calc, flags: 1 },
        { ...calc, command: 'cmd.exe', arguments: '/c dir', workingDirectory: 'C:\\', flags: 0 },
      ],
      unread: null,
    })
  })

  test('of version 1 have neither', () => {
    const { actions, context, unread } = readActions(join(u16(1), exec('calc.exe'), exec('calc.exe')))
    expect([actions.length, context, unread]).toEqual([2, null, null])
  })

  test('of version 2 have neither for winreg-tasks, a context for GhostTask: both are read', () => {
    const without = readActions(join(u16(2), exec('calc.exe')))
    const ghost = readActions(join(u16(2), text('Author'), exec('calc.exe', '/x')))
    expect(without).toMatchObject({ context: null, actions: [{ ...calc, flags: null }], unread: null })
    expect(ghost).toMatchObject({
      context: 'Author',
      actions: [{ command: 'calc.exe', arguments: '/x' }],
      unread: null,
    })
  })

  test('of version 2 with flags, should Windows write them, are read as well', () => {
    const blob = join(u16(2), text('Author'), exec('calc.exe'), u16(0), exec('cmd.exe'), u16(0))
    expect(readActions(blob).actions.map((action) => action.kind === 'exec' && action.command)).toEqual([
      'calc.exe',
      'cmd.exe',
    ])
  })

  test('of every kind', () => {
    const classId = Buffer.from('33221100554477668899aabbccddeeff', 'hex')
    const blob = join(
      ...[u16(3), text('LocalSystem'), u16(0x7777), text('a'), classId, text('data')],
      ...[u16(0x8888), text('b'), ...['from', 'to', 'cc', 'bcc', 're', 'smtp', 'subject', 'body'].map(text)],
      ...[u32(1), text('file'), u32(1), text('name'), text('value')],
      ...[u16(0x9999), text('c'), text('title'), text('hello')],
    )
    expect(readActions(blob)).toMatchObject({
      unread: null,
      actions: [
        { kind: 'com-handler', id: 'a', classId: '{00112233-4455-6677-8899-AABBCCDDEEFF}', data: 'data' },
        {
          kind: 'send-email',
          id: 'b',
          server: 'smtp',
          attachments: ['file'],
          headerFields: [{ name: 'name', value: 'value' }],
        },
        { kind: 'show-message', id: 'c', title: 'title', body: 'hello' },
      ],
    })
  })

  test('that are cut keep what was read, the bytes of the rest and the texts in it', () => {
    const blob = join(u16(3), text('Author'), exec('calc.exe'), u16(0), exec('powershell.exe', '-enc AAAA'))
    const reading = readActions(blob.subarray(0, blob.length - 10))
    expect(reading.actions).toEqual([{ ...calc, flags: 0 }])
    expect(reading.unread).toMatchObject({ at: 54, reason: expect.stringContaining('the arguments') })
    expect(reading.unread?.texts).toContain('powershell.exe')
  })

  test('with a number of attachments that cannot be are not read further', () => {
    const blob = join(
      u16(3),
      text('x'),
      u16(0x8888),
      text(''),
      ...Array.from({ length: 8 }, () => text('')),
      u32(0xffff_ffff),
    )
    expect(readActions(blob).unread?.reason).toContain('attachments')
  })

  test('by the ten thousand are read up to the cap', () => {
    const blob = join(
      u16(3),
      text('x'),
      ...Array.from({ length: 10_000 }, () => join(u16(0x9999), text(''), text(''), text(''))),
    )
    const { actions, unread } = readActions(blob)
    expect([actions.length, unread?.reason]).toEqual([MAX_ACTIONS, `more than ${MAX_ACTIONS} actions`])
  })

  test('of any bytes are read without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, withHead) => {
        const blob = withHead ? join(u16(3), text('Author'), u16(0x6666), Buffer.from(bytes)) : Buffer.from(bytes)
        const { unread } = readActions(blob)
        if (unread !== null) expect(unread.at + unread.size).toBe(blob.length)
      }),
      { numRuns: 2000 },
    )
  })
})

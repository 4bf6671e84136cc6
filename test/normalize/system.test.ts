import { describe, expect, test } from 'vitest'
import { fakeRecord, read } from './fake-record.ts'

describe('a clock that was moved (4616, Kernel-General 1)', () => {
  // as a virtual machine's tools set it right at its first boot: real records, shortened
  const kernel = { NewTime: '2025-06-02T16:46:20.7070000Z', OldTime: '2025-06-03T00:46:20.3238927Z', Reason: '1' }
  const audit = {
    SubjectUserSid: 'S-1-5-18',
    SubjectUserName: 'WS1$',
    SubjectDomainName: 'WORKGROUP',
    SubjectLogonId: '0x3e7',
    PreviousTime: kernel.OldTime,
    NewTime: kernel.NewTime,
    ProcessId: '0xa0c',
    ProcessName: 'C:\\Tools\\time.exe',
  }
  const [from, to] = [Date.UTC(2025, 5, 3, 0, 46, 20, 323), Date.UTC(2025, 5, 2, 16, 46, 20, 707)]

  test('both logs tell from where to where', () => {
    expect(read(fakeRecord('Microsoft-Windows-Kernel-General', 1, kernel))).toMatchObject({
      kind: 'clock-changed',
      from,
      to,
    })
    expect(read(fakeRecord('Microsoft-Windows-Security-Auditing', 4616, audit))).toMatchObject({
      kind: 'clock-changed',
      from,
      to,
      user: 'WORKGROUP\\WS1$',
    })
  })

  test('a time service that moves it by less than seconds says nothing', () => {
    expect(
      read(fakeRecord('Microsoft-Windows-Kernel-General', 1, { ...kernel, OldTime: '2025-06-02T16:46:21Z' })),
    ).toBe(null)
  })

  test('before Windows 8 the audit log tells it as a text in the host’s time zone: the other log is taken', () => {
    const old = { ...audit, PreviousDate: '8/24/2015', PreviousTime: '12:14:49 AM', NewTime: '2:14:52 PM' }
    expect(read(fakeRecord('Microsoft-Windows-Security-Auditing', 4616, old))).toBe(null)
  })

  test('a time that cannot be read is told', () => {
    expect(read(fakeRecord('Microsoft-Windows-Kernel-General', 1, { ...kernel, NewTime: 'soon' }))).toMatchObject({
      kind: 'unreadable',
      reason: 'NewTime is "soon", not a time',
    })
  })
})

describe('an extension of group policy (4016 to 7016)', () => {
  const scheduledTasks = { CSEExtensionId: '{AADCED64-746C-4633-A97C-D61349046527}', CSEExtensionName: 'Aufgaben' }
  const groupPolicy = 'Microsoft-Windows-GroupPolicy'

  test('that makes scheduled tasks begins and ends, in whichever language', () => {
    expect(read(fakeRecord(groupPolicy, 4016, scheduledTasks))).toMatchObject({
      kind: 'policy-applied',
      phase: 'begun',
    })
    for (const id of [5016, 6016, 7016]) {
      expect(read(fakeRecord(groupPolicy, id, scheduledTasks))).toMatchObject({
        kind: 'policy-applied',
        phase: 'ended',
      })
    }
  })

  test('that does anything else says nothing', () => {
    expect(read(fakeRecord(groupPolicy, 4016, { CSEExtensionId: '{35378EAC-683F-11D2-A89A-00C04FBBCFA2}' }))).toBe(null)
    expect(read(fakeRecord(groupPolicy, 5016, {}))).toBe(null)
  })
})

import { sid, writeValue } from '../evtx-writer/value.ts'

export interface LabAce {
  readonly type: 'allow' | 'deny'
  readonly sid: string
  /** Access mask: 0x1f01ff everything on a task, 0x1200a9 reading and running, 0xf003f everything on a key. */
  readonly mask: number
  /** 8 is inherit-only. */
  readonly flags?: number
}

/**
 * A self-relative security descriptor: header, DACL, owner, group. `aces` null is no DACL at all (everybody may do
 * everything), an empty list is a DACL that lets nobody in.
 * Source: [MS-DTYP] 2.4.6 SECURITY_DESCRIPTOR, 2.4.5 ACL, 2.4.4 ACE.
 */
export function securityDescriptor(owner: string, aces: readonly LabAce[] | null): Buffer {
  const dacl = aces === null ? Buffer.alloc(0) : acl(aces)
  const ownerSid = sidBytes(owner)
  const head = Buffer.alloc(20)
  head.writeUInt8(1, 0)
  head.writeUInt16LE(aces === null ? 0x8000 : 0x8004, 2)
  head.writeUInt32LE(20 + dacl.length, 4)
  head.writeUInt32LE(20 + dacl.length, 8)
  head.writeUInt32LE(aces === null ? 0 : 20, 16)
  return Buffer.concat([head, dacl, ownerSid])
}

function acl(aces: readonly LabAce[]): Buffer {
  const entries = aces.map((ace) => {
    const who = sidBytes(ace.sid)
    const head = Buffer.alloc(8)
    head.writeUInt8(ace.type === 'allow' ? 0 : 1, 0)
    head.writeUInt8(ace.flags ?? 0, 1)
    head.writeUInt16LE(8 + who.length, 2)
    head.writeUInt32LE(ace.mask >>> 0, 4)
    return Buffer.concat([head, who])
  })
  const head = Buffer.alloc(8)
  head.writeUInt8(2, 0)
  head.writeUInt16LE(8 + entries.reduce((sum, entry) => sum + entry.length, 0), 2)
  head.writeUInt16LE(entries.length, 4)
  return Buffer.concat([head, ...entries])
}

export function sidBytes(text: string): Buffer {
  const bytes = Buffer.alloc(8 + 4 * 15)
  return bytes.subarray(0, writeValue(bytes, 0, sid(text)))
}

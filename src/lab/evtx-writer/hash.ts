/**
 * The hash over 16-bit units by which a chunk finds its names and templates.
 * Source: libevtx documentation "Windows XML Event Log (EVTX) format", "Name"; for templates read off real logs.
 */
export function nameHash(name: string): number {
  let hash = 0
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 65_599) + name.charCodeAt(i)) >>> 0
  return hash
}

export function templateHash(guid: Buffer): number {
  let hash = 0
  for (let i = 0; i < 16; i += 2) hash = (Math.imul(hash, 65_599) + guid.readUInt16LE(i)) >>> 0
  return hash
}

import { crc32, deflateRawSync } from 'node:zlib'

/** A file to put into an archive. */
export interface Packing {
  readonly name: string
  readonly content: Buffer
  /** 0 stored, 8 deflated; anything else is written as it is and only called so. */
  readonly method?: number
  readonly flags?: number
  /** Another checksum than the right one. */
  readonly crc?: number
  /** It is a symbolic link, and this is where it leads; `content` is not used. */
  readonly link?: string
  /** In a tar, another type than that of a file. */
  readonly type?: string
}

/** A zip with these files. Source: PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16. */
export function zipOf(files: readonly Packing[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, link, content: own, method = link === undefined ? 8 : 0, flags = 0x800, ...file } of files) {
    const content = link === undefined ? own : Buffer.from(link)
    const { crc = crc32(content) } = file
    const data = method === 8 ? deflateRawSync(content) : content
    const bytes = Buffer.from(name)
    // version, flags, method, time and date, checksum, sizes, length of the name, of extra fields
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(0x5a21_0000, 6)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(bytes.length, 22)
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, bytes, data)
    const rest = Buffer.alloc(14)
    if (link !== undefined) rest.writeUInt32LE(0xa1ff_0000, 6)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, bytes)
    offset += 30 + bytes.length + data.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}

/** A tar with these files; long names as GNU tar writes them. Source: POSIX.1-2017, "ustar Interchange Format". */
export function tarOf(files: readonly Packing[]): Buffer {
  const parts: Buffer[] = []
  const add = (name: string, type: string, content: Buffer, link = '') => {
    const header = Buffer.alloc(512)
    header.write(name.slice(0, 100), 'utf8')
    header.write('0000644\0', 100)
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
    header.fill(' ', 148, 156)
    header.write(type, 156)
    header.write(link, 157)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((all, byte) => all + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    parts.push(header, content, Buffer.alloc((512 - (content.length % 512)) % 512))
  }
  for (const { name, content, link, type = link === undefined ? '0' : '2' } of files) {
    if (name.length > 100) add('././@LongLink', 'L', Buffer.from(`${name}\0`))
    add(name, type, type === '0' ? content : Buffer.alloc(0), link)
  }
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** A zip as it is written to a pipe: the sizes of each file come after it. Source: PKWARE APPNOTE 6.3.10, 4.3.9. */
export function streamedZipOf(files: readonly Packing[]): Buffer {
  const parts = files.map((file) => {
    const zip = zipOf([{ ...file, flags: 0x808 }])
    const [packed, nameLength] = [zip.readUInt32LE(18), zip.readUInt16LE(26)]
    const member = Buffer.from(zip.subarray(0, 30 + nameLength + packed))
    const descriptor = Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), member.subarray(14, 26)])
    member.fill(0, 14, 26)
    return Buffer.concat([member, descriptor])
  })
  return Buffer.concat(parts)
}

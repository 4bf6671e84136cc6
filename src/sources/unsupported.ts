/** A kind of file that may hold evidence and is not read here. */
interface Unsupported {
  readonly what: string
  readonly advice: string
  readonly endings: readonly string[]
  /** First bytes as Latin-1, at `at` where they do not begin the file. */
  readonly magics: readonly string[]
  readonly at?: number
}

const unpack = 'unpack it and give the folder'
const mount = 'mount it read-only, or collect the logs, tasks and hives from it, and give that folder'

/** Signatures: 7-Zip 7zFormat.txt, RAR 5.0 technote, xz-file-format, libewf, MS-VHDX, libvhdi, libvmdk, libevt. */
const kinds: readonly Unsupported[] = [
  { what: 'a 7-Zip archive', advice: unpack, endings: ['7z'], magics: ['7z\xbc\xaf\x27\x1c'] },
  { what: 'a RAR archive', advice: unpack, endings: ['rar'], magics: ['Rar!\x1a\x07'] },
  { what: 'packed with xz', advice: unpack, endings: ['xz', 'txz', 'lzma'], magics: ['\xfd7zXZ\0'] },
  { what: 'packed with bzip2', advice: unpack, endings: ['bz2', 'tbz', 'tbz2'], magics: ['BZh'] },
  { what: 'packed with LZ4', advice: unpack, endings: ['lz4'], magics: ['\x04\x22\x4d\x18'] },
  { what: 'a cabinet', advice: unpack, endings: ['cab'], magics: ['MSCF\0\0\0\0'] },
  { what: 'a Windows image (WIM)', advice: unpack, endings: ['wim', 'esd'], magics: ['MSWIM\0\0\0'] },
  {
    what: 'a disk image of EnCase (E01)',
    advice: mount,
    endings: ['e01', 'ex01', 'l01', 'lx01'],
    magics: ['EVF\t\r\n\xff\0', 'EVF2\r\n\x81', 'LVF\t\r\n\xff\0'],
  },
  { what: 'a virtual disk (VHDX)', advice: mount, endings: ['vhdx', 'avhdx'], magics: ['vhdxfile'] },
  { what: 'a virtual disk (VHD)', advice: mount, endings: ['vhd'], magics: ['conectix'] },
  { what: 'a virtual disk (VMDK)', advice: mount, endings: ['vmdk'], magics: ['KDMV', '# Disk DescriptorFile'] },
  { what: 'a virtual disk (qcow)', advice: mount, endings: ['qcow', 'qcow2'], magics: ['QFI\xfb'] },
  { what: 'a disk image of AFF4', advice: mount, endings: ['aff4', 'aff'], magics: ['AFF10\r\n'] },
  { what: 'a disk image', advice: mount, endings: ['dd', 'vdi'], magics: ['<<< Oracle VM VirtualBox Disk Image >>>'] },
  {
    what: 'an event log of Windows XP or Server 2003 (.evt)',
    advice: 'open it in the Event Viewer of a later Windows and save it as .evtx',
    endings: ['evt'],
    magics: ['LfLe'],
    at: 4,
  },
]

const endingOf = (name: string): string => /\.([^.\\/!]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** What a file of an unknown kind is and what to do with it, by its first bytes, else by its ending; null: nothing is known of it. */
export function unsupported(name: string, beginning: Buffer): string | null {
  const starts = beginning.toString('latin1', 0, 64)
  const found =
    kinds.find(({ magics, at = 0 }) => magics.some((magic) => starts.startsWith(magic, at))) ??
    kinds.find(({ endings }) => endings.includes(endingOf(name)))
  return found ? `${found.what}, which is not read here: ${found.advice}` : null
}

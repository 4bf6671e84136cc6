import { hasMagic } from '../decode/evtx/file-header.ts'

/** A kind of file that may hold evidence and is not read here. */
interface Unsupported {
  readonly what: string
  readonly advice: string
  readonly endings: readonly string[]
  /** By its whole name, too. */
  readonly name?: RegExp
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
  { what: 'a disk image of FTK (AD1)', advice: mount, endings: ['ad1'], magics: ['ADSEGMENTEDFILE\0'] },
  {
    what: 'a disk image',
    advice: mount,
    endings: ['dd', 'vdi', 'img', 'raw'],
    magics: ['<<< Oracle VM VirtualBox Disk Image >>>'],
  },
  { what: 'a disk image (NTFS)', advice: mount, endings: [], magics: ['NTFS    '], at: 3 },
  { what: 'an image of a disc (ISO 9660)', advice: mount, endings: ['iso'], magics: ['CD001'], at: 0x8001 },
  {
    what: 'a dump of memory',
    advice:
      'take the logs, tasks and hives from the disk, or out of it with Volatility or MemProcFS, and give that folder',
    endings: ['mem', 'dmp', 'vmem'],
    magics: ['PAGEDU64', 'PAGEDUMP', 'MDMP', 'EMiL'],
  },
  {
    what: 'a list that Autoruns saved in its own form (.arn)',
    advice: 'open it in Autoruns and save it as text, or run `autorunsc -a t -c`',
    endings: ['arn'],
    magics: [],
  },
  {
    what: 'a Group Policy’s list of scheduled tasks',
    advice: 'what it made of them on a host lies in that host’s System32\\Tasks: collect it',
    endings: [],
    name: /(?:^|[\\/!])ScheduledTasks\.xml$/i,
    magics: [],
  },
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
  const ending = endingOf(name)
  const found =
    kinds.find(({ magics, at = 0 }) => magics.some((magic) => hasMagic(beginning, at, magic))) ??
    kinds.find((kind) => kind.endings.includes(ending) || kind.name?.test(name))
  return found ? `${found.what}, which is not read here: ${found.advice}` : null
}

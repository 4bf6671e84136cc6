/** One way in which decoders write the same value differently, or one of them is wrong. */
interface DifferenceClass {
  readonly name: string
  /** What the bytes say, and who is right. */
  readonly why: string
  readonly holds: (tool: string, path: string, ours: string | undefined, theirs: string | undefined) => boolean
}

export const differenceClasses: readonly DifferenceClass[] = [
  {
    name: 'digits of a time',
    why: 'A FILETIME has seven digits below the second. evtxexport prints nine, python-evtx six; compared by what both have.',
    holds: (_tool, _path, ours, theirs) => sameTime(ours, theirs),
  },
  {
    name: 'rounding of a time',
    why: 'python-evtx computes with doubles, which a FILETIME does not fit: off by up to four microseconds.',
    holds: (tool, _path, ours, theirs) => tool === 'python-evtx' && withinMicroseconds(ours, theirs),
  },
  {
    name: 'booleans spelled True and False',
    why: 'Windows writes XML booleans, in lower case; python-evtx prints its own.',
    holds: (tool, _path, ours, theirs) => tool === 'python-evtx' && isBool(ours) && ours === theirs?.toLowerCase(),
  },
  {
    name: 'arrays with empty items',
    why: 'The items end with nulls, so two nulls in a row hold an empty one; python-evtx loses those, the others agree with us.',
    holds: () => false, // told by the whole array, in `compareRecord`
  },
  {
    name: 'binary in base64',
    why: 'Windows prints binary values as upper-case hex; python-evtx prints base64 of the same bytes.',
    holds: (tool, _path, ours, theirs) =>
      tool === 'python-evtx' &&
      Buffer.from(theirs ?? '', 'base64')
        .toString('hex')
        .toUpperCase() === ours,
  },
  {
    name: 'zeros of a hex number',
    why: 'evtxexport pads HexInt values to their width; Windows prints no leading zeros, and neither do we.',
    holds: (_tool, _path, ours, theirs) => isHex(ours) && isHex(theirs) && BigInt(ours) === BigInt(theirs),
  },
  {
    name: 'case of a GUID',
    why: 'Binary GUIDs have no case. Windows prints them as `{lower-case}`; text that only looks like one is kept as written.',
    holds: (_tool, _path, ours, theirs) => isGuid(ours) && ours.toLowerCase() === theirs?.toLowerCase(),
  },
  {
    name: 'size_t in decimal',
    why: 'Windows prints SizeT (0x10) in hex, as evtx_dump and we do; the others print a decimal number.',
    holds: (tool, _path, ours, theirs) => tool !== 'evtx_dump' && isHex(ours) && Number(ours) === Number(theirs),
  },
  {
    name: 'negative numbers',
    why: "The bytes are two's complement (-2147024894 is 80070002, E_FILENOTFOUND); this evtxexport reads them as sign and magnitude.",
    holds: (tool, _path, ours, theirs) => tool === 'evtxexport' && isSignAndMagnitude(ours, theirs),
  },
  {
    name: 'booleans that are not 0 or 1',
    why: 'A Boolean of 4 bytes with the value 8, 16 or 65536 is true, as for Windows and evtxexport; evtx_dump prints the number.',
    holds: (tool, _path, ours, theirs) => tool === 'evtx_dump' && ours === 'true' && Number(theirs) > 1,
  },
  {
    name: 'control characters',
    why: 'The text has a control character that XML cannot hold. JSON can, so we keep it; the others replace or drop it.',
    holds: (_tool, _path, ours, theirs) => hasControls(ours) && letters(ours) === letters(theirs),
  },
  {
    name: 'nothing but line breaks',
    why: 'The value is a line break; evtxexport prints none when there is nothing else.',
    holds: (tool, _path, ours, theirs) =>
      tool === 'evtxexport' && /^[\r\n]+$/.test(ours ?? '') && (theirs ?? '') === '',
  },
  {
    name: 'a second fragment',
    why: 'A BinXML value may hold several template instances one after the other; evtxexport and python-evtx print the first.',
    holds: (tool, path, _ours, theirs) =>
      tool !== 'evtx_dump' && path.startsWith('other/RenderingInfo') && theirs === undefined,
  },
  {
    name: 'empty or absent',
    why: 'An element that holds nothing but an optional value that is null is left out ([MS-EVEN6]); the others print it empty.',
    holds: (_tool, _path, ours, theirs) => (ours ?? '') === '' && (theirs ?? '') === '',
  },
]

function sameTime(ours: string | undefined, theirs: string | undefined): boolean {
  const a = timeDigits(ours)
  const b = timeDigits(theirs)
  if (a === undefined || b === undefined) return false
  const length = Math.min(a.length, b.length)
  return a.slice(0, length) === b.slice(0, length)
}

/** `20200102030405` and as many digits of the second as there are, at most seven. */
export function timeDigits(text: string | undefined): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|\+00:00| UTC)?$/.exec(text ?? '')
  return match ? match.slice(1, 7).join('') + (match[7] ?? '').slice(0, 7) : undefined
}

function isHex(text: string | undefined): text is string {
  return /^0x[0-9a-f]+$/i.test(text ?? '')
}

function isGuid(text: string | undefined): text is string {
  return /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i.test(text ?? '')
}

function hasControls(text: string | undefined): text is string {
  for (const character of text ?? '') if (character < ' ' && !'\t\r\n'.includes(character)) return true
  return false
}

/** What remains when everything is dropped that decoders treat each in their way. */
function letters(text: string | undefined): string {
  return (text ?? '').replace(/[^\p{L}\p{N}]/gu, '')
}

/** True when `theirs` is the bits of the negative number `ours` without the highest one, with a minus before them. */
function isSignAndMagnitude(ours: string | undefined, theirs: string | undefined): boolean {
  if (!/^-\d+$/.test(ours ?? '') || !/^-\d+$/.test(theirs ?? '')) return false
  const value = BigInt(ours as string)
  return [7n, 15n, 31n, 63n].some((bits) => BigInt(theirs as string) === -(2n ** bits + value))
}

function isBool(text: string | undefined): boolean {
  return text === 'true' || text === 'false'
}

function withinMicroseconds(ours: string | undefined, theirs: string | undefined): boolean {
  const a = timeDigits(ours)
  const b = timeDigits(theirs)
  if (a === undefined || b === undefined) return false
  const [early, late] = [BigInt(a.padEnd(21, '0')), BigInt(b.padEnd(21, '0'))]
  return late - early <= 50n && early - late <= 50n
}

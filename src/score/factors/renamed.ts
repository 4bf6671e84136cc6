import type { RunProcess } from '../../model/chain.ts'
import { isAtOthersBidding } from '../../model/windows/programs.ts'
import { type Factor, quote } from '../factor.ts'
import { nameOf } from '../programs.ts'
import { sighting } from '../sightings.ts'

/** Tools that are brought along and not told by a place: their files keep these names. */
const brought = new Set(['psexec', 'psexesvc', 'procdump', 'sdelete', 'adfind', 'rclone', 'nc', 'ncat'])

/** `Cmd.Exe`, `psexec.c`, `pwsh.dll`, `calc.exe.mui` without their endings. */
const builtAs = ({ originalFileName }: RunProcess): string =>
  (originalFileName ?? '')
    .toLowerCase()
    .replace(/(?:\.mui)?$/, '')
    .replace(/\.(?:exe|dll|c)$/, '')

/** Of the same file on another processor's architecture. */
const plain = (name: string): string => name.replace(/64$/, '')

const isRenamed = (process: RunProcess): boolean => {
  const name = builtAs(process)
  return (isAtOthersBidding(name) || brought.has(plain(name))) && plain(nameOf(process.image)) !== plain(name)
}

/** A process of the run is a copy of a shell, a script host or an intruder's tool under another name. Products ship others under theirs. */
export const renamed: Factor = {
  id: 'renamed-copy',
  weigh({ roots, descendants }) {
    const found = [...roots, ...descendants].find(isRenamed)
    if (found === undefined) return undefined
    const { bits, seen } = sighting('renamed-copy')
    return { bits, says: `${quote(found.image ?? '')} was built as ${quote(found.originalFileName ?? '')}; ${seen}.` }
  },
}

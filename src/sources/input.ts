import type { Packed } from '../engine/ports.ts'
import type { ArtifactKind } from './artifact-kinds.ts'
import type { SourceKind } from './kinds.ts'

/** Something that can be read. */
export interface Input {
  /** As the user named it, or the named folder with the path below it; a member of an archive after `!`. */
  readonly name: string
  /** The file to open. */
  readonly path: string
  /** Where the content lies in that file, where it is packed or a member of an archive. */
  readonly packed: Packed | null
  /** The path that it would have if archives were folders. */
  readonly place: string
  readonly bytes: number
  readonly kind: SourceKind | ArtifactKind
}

/** How many bytes will be read of all of them; 0 where one is packed and does not say how much it unpacks to. */
export const bytesToRead = (inputs: readonly Pick<Input, 'packed' | 'bytes'>[]): number =>
  inputs.some(({ packed }) => packed !== null && packed.method !== 'stored' && packed.size === null)
    ? 0
    : inputs.reduce((sum, { bytes }) => sum + bytes, 0)

import type { Check } from '../check.ts'

/** Nobody has verified that the hash is of the file as it is collected: informational until a real pair proves it. */
export const hashDiffers: Check = {
  id: 'hash-differs',
  find({ cached, file }) {
    if (!cached?.hash || !file || cached.hash.length !== 64) return undefined
    return cached.hash.toLowerCase() === file.sha256
      ? undefined
      : {
          id: 'hash-differs',
          says: 'The file’s SHA-256 is not the hash that the registry keeps (not verified to be comparable).',
        }
  },
}

import { readFileSync } from 'node:fs'

/** The version in our package.json, which stands two folders above this one, or above the chunk that this is in. */
export const version = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

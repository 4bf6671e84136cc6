import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The names in a folder are on the disk when it returns. */
export function syncNames(folder: string): void {
  // Windows keeps no open folders, and its names are sure without
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes a folder and those above it, for the owner alone, so that they are there after a loss of power, too. */
export function makeFolderSure(path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  const top = dirname(resolve(first))
  for (let above = dirname(resolve(path)); above.length >= top.length; above = dirname(above)) {
    syncNames(above)
    if (above === top) return
  }
}

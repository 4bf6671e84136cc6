import { rmSync } from 'node:fs'
import { copyService } from '../../serve/copy-service.ts'
import { exitCodes } from '../exit-codes.ts'
import { cannotWrite, commit, type Reserved } from '../outputs.ts'
import type { Surroundings } from '../surroundings.ts'
import { withStore } from './service-store.ts'

/** `tasktrail backup DATA --out FILE`: a copy with all that was acknowledged when it began, whoever writes meanwhile. */
export function backupWork(
  { data, quiet }: { readonly data: string; readonly quiet: boolean },
  { out, say }: Surroundings,
): Promise<number> {
  const place = out as Reserved
  return withStore(data, async () => {
    try {
      rmSync(place.partial, { force: true })
      await copyService(data, place.partial)
    } catch (error) {
      throw cannotWrite(place.name, error)
    }
    commit(place)
    if (!quiet) say(`${place.name} has all that ${data} kept at this moment`)
    return exitCodes.done
  })
}

import { type AttackFormat, attackFormats } from '../../report/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

/** `tasktrail attack`: what of MITRE ATT&CK this is. */
export async function attackWork(
  { format, settings: path }: { readonly format: AttackFormat; readonly settings: string | null },
  { out, freeTerminal }: Surroundings,
): Promise<number> {
  const inForce = path === null ? null : (await import('./settings-file.ts')).openSettings(path)
  writeReport(out, attackFormats[format](inForce?.settings ?? null), freeTerminal)
  return exitCodes.done
}

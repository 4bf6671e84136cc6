import { writeDemo } from '../lab/demo-incident.ts'
import { type ScanOptions, scanCommand } from './scan-command.ts'

/** `tasktrail demo`: writes a small incident as EVTX files and scans it. */
export async function demoCommand(folder: string, options: ScanOptions): Promise<number> {
  writeDemo(folder)
  const code = await scanCommand([folder], options)
  if (!options.quiet) {
    process.stderr.write(
      `\nThe logs of this incident are in ${folder}, what is true of it in ${folder}/truth.json.\nAll chains, also the ordinary ones: npx tasktrail scan --all ${folder}\n`,
    )
  }
  return code
}

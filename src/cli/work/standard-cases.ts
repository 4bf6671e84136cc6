import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { attacks } from '../../lab/attacks/index.ts'
import type { LabEvent } from '../../lab/evtx-writer/lab-event.ts'
import { allChannels } from '../../lab/fleet/host-plan.ts'
import { logFileName, logFiles } from '../../lab/fleet/log-files.ts'
import { makeFleet } from '../../lab/fleet/make-fleet.ts'
import { matrixJson, matrixJunit, matrixText, type SetUpResult } from '../../measure/matrix.ts'
import { score } from '../../measure/score.ts'
import { readTruth } from '../../measure/truth.ts'
import { scanPathsWith, type TemporaryFolder } from '../../run/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'
import { type MeasureFormat, measureReport } from './measure-report.ts'
import { told } from './told.ts'

/** What is switched on and collected. */
interface SetUp {
  readonly name: string
  readonly commandLines: boolean
  readonly has: (event: LabEvent) => boolean
}

const [SECURITY, SYSMON, SCHEDULER] = allChannels
const taskEvents = new Set([4698, 4699, 4700, 4701, 4702])
const inChannel = (channel: string | undefined) => (event: LabEvent) => event.channel === channel

const setUps: readonly SetUp[] = [
  { name: 'all logs', commandLines: true, has: () => true },
  { name: 'Security', commandLines: true, has: inChannel(SECURITY) },
  { name: 'Security, no command lines', commandLines: false, has: inChannel(SECURITY) },
  {
    name: 'Security, no task auditing',
    commandLines: true,
    has: (event) => event.channel === SECURITY && !taskEvents.has(event.eventId),
  },
  { name: 'Sysmon', commandLines: true, has: inChannel(SYSMON) },
  { name: 'TaskScheduler', commandLines: true, has: inChannel(SCHEDULER) },
  {
    name: 'process events only',
    commandLines: true,
    has: (event) => event.channel === SYSMON && (event.eventId === 1 || event.eventId === 5),
  },
]

/** `tasktrail validate` without telemetry of one's own: what each set-up would have shown of the lab's attacks. */
export async function standardCasesWork(
  { format, quiet }: { readonly format: MeasureFormat; readonly quiet: boolean },
  { temporary, out, say }: Surroundings,
): Promise<number> {
  const results: SetUpResult[] = []
  for (const setUp of setUps) {
    if (!quiet) say(`${setUp.name}…`)
    results.push(await tryOut(setUp, temporary))
  }
  const report = measureReport(format, {
    text: () => matrixText(results),
    json: () => matrixJson(results),
    junit: () => matrixJunit(results),
  })
  writeReport(out, [report])
  return exitCodes.done
}

async function tryOut(setUp: SetUp, temporary: TemporaryFolder): Promise<SetUpResult> {
  const every = attacks.flatMap((attack) => attack.variants.map((variant) => ({ attack, variant })))
  const folder = mkdtempSync(temporary.file('lab-'))
  const logs = logFiles((host, channel) => join(folder, host.name, logFileName(channel)), setUp.has)
  const truth = makeFleet(
    {
      hosts: Math.ceil(every.length * 1.3) + 2,
      days: 3,
      seed: 258,
      profile: 'mixed',
      noise: 'quiet',
      channels: allChannels,
      recordsCommandLines: setUp.commandLines,
      securityDays: 3,
      attacks: every,
      format: 'evtx',
    },
    { ...logs, end: () => logs.close() },
  )
  const result = await scanPathsWith(temporary, [folder], {})
  rmSync(folder, { recursive: true })
  const labels = readTruth(JSON.parse(JSON.stringify(truth)))
  if (typeof labels === 'string') throw new Error(labels)
  return { name: setUp.name, score: score(told(result), labels) }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { attacks } from '../../lab/attacks/index.ts'
import type { LabEvent } from '../../lab/evtx-writer/lab-event.ts'
import { allChannels } from '../../lab/fleet/host-plan.ts'
import { logFileName, logFiles } from '../../lab/fleet/log-files.ts'
import { makeFleet } from '../../lab/fleet/make-fleet.ts'
import { matrixJson, matrixJunit, matrixText, type SetUpResult } from '../../measure/matrix.ts'
import { score } from '../../measure/score.ts'
import { readTruth, type Truth } from '../../measure/truth.ts'
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
  const results = new Map<SetUp, SetUpResult>()
  // The same fleet lives once for all set-ups that differ only in what is collected of it.
  for (const [commandLines, alike] of Map.groupBy(setUps, (setUp) => setUp.commandLines)) {
    const { folders, truth } = live(alike, commandLines, temporary)
    for (const [setUp, folder] of folders) {
      if (!quiet) say(`${setUp.name}…`)
      const result = await scanPathsWith(temporary, [folder], {})
      rmSync(folder, { recursive: true })
      results.set(setUp, { name: setUp.name, score: score(told(result), truth) })
    }
  }
  const inOrder = setUps.map((setUp) => results.get(setUp) as SetUpResult)
  const report = measureReport(format, {
    text: () => matrixText(inOrder),
    json: () => matrixJson(inOrder),
    junit: () => matrixJunit(inOrder),
  })
  writeReport(out, [report])
  return exitCodes.done
}

/** Lets a fleet live on which every attack takes place, and writes what each set-up collects of it. */
function live(
  alike: readonly SetUp[],
  commandLines: boolean,
  temporary: TemporaryFolder,
): { readonly folders: ReadonlyMap<SetUp, string>; readonly truth: Truth } {
  const every = attacks.flatMap((attack) => attack.variants.map((variant) => ({ attack, variant })))
  const folders = new Map(alike.map((setUp) => [setUp, mkdtempSync(temporary.file('lab-'))]))
  const logs = [...folders].map(([{ has }, folder]) =>
    logFiles((host, channel) => join(folder, host.name, logFileName(channel)), has),
  )
  const manifest = makeFleet(
    {
      hosts: Math.ceil(every.length / 2), // two or three attacks a host, on different tasks
      days: 3,
      seed: 258,
      profile: 'mixed',
      noise: 'quiet',
      channels: allChannels,
      recordsCommandLines: commandLines,
      securityDays: 3,
      attacks: every,
      format: 'evtx',
    },
    {
      cleared(host, channel) {
        for (const one of logs) one.cleared(host, channel)
      },
      events(host, channel, events) {
        for (const one of logs) one.events(host, channel, events)
      },
      end() {
        for (const one of logs) one.close()
      },
    },
  )
  const truth = readTruth(JSON.parse(JSON.stringify(manifest)))
  if ('wrong' in truth) throw new Error(truth.wrong)
  return { folders, truth: truth.value }
}

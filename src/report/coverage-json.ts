import type {
  CapabilityCoverage,
  ChannelCoverage,
  FleetCoverageReport,
  Gap,
  HostCoverageReport,
  Proof,
} from '../model/coverage-report.ts'
import { formatInstant } from '../model/time.ts'
import { jsonLine } from './clean.ts'
import { mendTable } from './mend/mends.ts'
import { commandsOf } from './mend/steps.ts'
import { wantedMends } from './mend/wanted.ts'

/** The form of coverage in JSON; a field that is added does not change it. */
export const coverageSchema = 'tasktrail.coverage/1'

/** What could have been seen as one document, a host a line, the worst first. */
export function* coverageDocument(report: FleetCoverageReport): Iterable<string> {
  const { inputs, first, last, hosts } = report
  const head = { schema: coverageSchema, inputs, first: time(first), last: time(last) }
  yield `${jsonLine(head).slice(0, -1)},"hosts":[`
  let separator = '\n'
  for (const host of hosts) {
    yield `${separator}${jsonLine(hostJson(host, inputs))}`
    separator = ',\n'
  }
  yield `\n],"mends":${jsonLine(mendsJson(report))}}\n`
}

/** What each id in `mend` stands for: its name, and the commands that switch it on and take it back where there are some. */
function mendsJson(report: FleetCoverageReport): object {
  const { mends, sizes } = wantedMends(report)
  return Object.fromEntries(
    mends.map(({ id, hosts, cost }) => {
      const commands = mendTable[id].steps.map((step) => commandsOf(step, sizes))
      const apply = commands.flatMap((one) => one.apply)
      const undo = commands.flatMap((one) => one.undo)
      return [id, { name: mendTable[id].name, hosts: hosts?.length ?? 0, cost, apply, undo }]
    }),
  )
}

const time = (ms: number | null): string | null => (ms === null ? null : formatInstant({ time: ms, ticks: 0 }))

function hostJson(host: HostCoverageReport, inputs: readonly string[]): object {
  const { host: name, role, owner, presence, grade, atBest, first, last, capabilities, channels, ...rest } = host
  return {
    ...{ name, role, owner, presence, grade, atBest, first: time(first), last: time(last) },
    capabilities: Object.fromEntries(
      Object.entries(capabilities).map(([id, capability]) => [id, capabilityJson(capability, inputs)]),
    ),
    channels: channels.map((channel) => channelJson(channel, inputs)),
    ...rest,
  }
}

function capabilityJson(one: CapabilityCoverage, inputs: readonly string[]): object {
  const { state, proof, missing, sources, gaps, expected, mend } = one
  return {
    state,
    proof: proofJson(proof, inputs),
    since: proof && formatInstant(proof),
    missing,
    expected,
    sources: sources.map(({ telemetry, count, lacking, first, last }) => ({
      ...{ telemetry, records: count, lacking, since: formatInstant(first), until: time(last) },
      proof: proofJson(first, inputs),
    })),
    gaps: gaps.map((gap) => gapJson(gap, inputs)),
    mend,
  }
}

const gapJson = ({ kind, from, to, telemetry, records, proof }: Gap, inputs: readonly string[]): object => ({
  ...{ kind, from: time(from), to: time(to), telemetry, records, proof: proofJson(proof, inputs) },
})

function proofJson(proof: Proof | null, inputs: readonly string[]): object | null {
  if (proof === null) return null
  const { source, channel, eventId, recordId, position } = proof
  return { time: formatInstant(proof), file: inputs[source] ?? null, channel, eventId, recordId, offset: position }
}

const channelJson = ({ first, last, gaps, ...channel }: ChannelCoverage, inputs: readonly string[]): object => ({
  ...{ ...channel, first: time(first), last: time(last) },
  gaps: gaps.map((gap) => gapJson(gap, inputs)),
})

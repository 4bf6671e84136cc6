import { attacks } from '../../lab/attacks/index.ts'
import { allChannels, type Noise, type Profile } from '../../lab/fleet/host-plan.ts'
import type { FleetSpec } from '../../lab/fleet/make-fleet.ts'
import { fleetFormats, writeFleet } from '../../lab/fleet/write-fleet.ts'
import { counted } from '../../model/counted.ts'
import { exitCodes } from '../exit-codes.ts'
import { commit, type Reserved, writingTo } from '../outputs.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'

export interface LabMakeWanted {
  readonly hosts: number
  readonly days: number
  readonly seed: number
  readonly profile: Profile
  readonly noise: Noise
  readonly attack: readonly string[]
  readonly channels: readonly string[]
  readonly commandLines: boolean
  readonly securityDays: number
  readonly format: string
  readonly quiet: boolean
}

/** `tasktrail lab make`: telemetry of a fleet that is all invented, with what is true of it. */
export function labMakeWork(options: LabMakeWanted, { out, onProgress, say }: Surroundings): number {
  const folder = out as Reserved
  if (!fleetFormats.includes(options.format)) {
    throw new UsageError(`no format ${options.format}; there are ${fleetFormats.join(', ')}`)
  }
  const started = process.hrtime.bigint()
  const fleet = {
    ...options,
    channels: options.channels.length > 0 ? options.channels.map(channelOf) : allChannels,
    recordsCommandLines: options.commandLines,
    attacks: options.attack.flatMap(attacksOf),
  }
  const onHost = (done: number) => onProgress({ stage: 'making', done, total: options.hosts, records: 0, input: null })
  const { records, hosts } = writingTo(folder, (partial) => writeFleet(fleet, partial, onHost))
  commit(folder)
  if (!options.quiet) {
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    say(
      `${counted(hosts, 'host')}, ${counted(records, 'record')} in ${folder.name}, in ${seconds.toFixed(1)} s; what is true of them is in truth.json`,
    )
  }
  return exitCodes.done
}

/** `NAME`, `NAME/VARIANT`, or `all`: each attack in each variant. */
function attacksOf(name: string): FleetSpec['attacks'] {
  if (name === 'all') return attacks.flatMap((attack) => attack.variants.map((variant) => ({ attack, variant })))
  const [wanted, variant] = name.split('/')
  const attack = attacks.find((one) => one.name === wanted)
  if (!attack) throw new UsageError(`no attack ${wanted}; \`tasktrail lab attacks\` lists them`)
  if (variant === undefined) return [{ attack, variant: attack.variants[0] ?? '' }]
  if (!attack.variants.includes(variant)) {
    throw new UsageError(`${wanted} has no variant ${variant}; it has ${attack.variants.join(', ')}`)
  }
  return [{ attack, variant }]
}

/** A channel by any part of its name: `sysmon`, `security`. */
function channelOf(name: string): string {
  const channel = allChannels.find((one) => one.toLowerCase().includes(name.toLowerCase()))
  if (!channel) throw new UsageError(`no channel ${name}; there are ${allChannels.join(', ')}`)
  return channel
}

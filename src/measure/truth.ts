import { z } from 'zod'
import { list, type Reading, readAs, text, timeOf } from './form.ts'

/** What is true of a set of telemetry: the parts of a labelled set's manifest that the measure reads. */
export interface Truth {
  readonly set: string
  /** How long the telemetry of each host is; null where the set does not say. */
  readonly days: number | null
  readonly files: readonly TruthFile[]
}

export interface TruthFile {
  readonly file: string
  readonly format: string
  readonly hosts: readonly string[]
  readonly chains: readonly TrueChain[]
}

export interface TrueChain {
  readonly task: string | null
  readonly host: string
  /** `created`, `modified`, `deleted`, `disabled`, `tampered`, `run-existing…`, and what others write for them. */
  readonly change: string
  /** ISO 8601. */
  readonly at: string
  /** The interface: `schtasks`, `rpc-remote`, …. */
  readonly route: string
  readonly user: string | null
  readonly process: string | null
  readonly processes: readonly { readonly image: string; readonly pid: number | null }[]
  readonly isAttack: boolean
  /** Name and variant, where the set says it. */
  readonly attackName: string | null
  readonly isCertain: boolean
}

const chainForm = z
  .object({
    host: z.string().min(1),
    change: z.string().min(1),
    created_at: z.string().refine((said) => !Number.isNaN(timeOf(said)), 'no time of ISO 8601'),
    task: text,
    channel: text,
    actor_user: text,
    actor_process: text,
    processes: list(z.object({ image: text, pid: z.number().nullish() })),
    attack: z.boolean().nullish(),
    attack_name: text,
    confidence: text,
  })
  .transform(
    (said): TrueChain => ({
      task: said.task,
      host: said.host,
      change: said.change,
      at: said.created_at,
      route: said.channel ?? 'unknown',
      user: said.actor_user,
      process: said.actor_process,
      processes: said.processes.flatMap(({ image, pid = null }) => (image === null ? [] : [{ image, pid }])),
      isAttack: said.attack !== false,
      attackName: said.attack_name,
      isCertain: (said.confidence ?? 'certain') === 'certain',
    }),
  )

const fileForm = z
  .object({
    file: z.string(),
    format: text,
    hosts: z.record(z.string(), z.unknown()).nullish(),
    expected: z.object({ chains: list(chainForm) }),
  })
  .transform(
    ({ file, format, hosts, expected }): TruthFile => ({
      file,
      format: format ?? 'evtx',
      hosts: Object.keys(hosts ?? {}),
      chains: expected.chains,
    }),
  )

const truthForm = z
  .object({ set: text, days: z.number().nullish(), files: z.array(fileForm) })
  .transform(({ set, days, files }): Truth => ({ set: set ?? '', days: days && days > 0 ? days : null, files }))

/** Reads a manifest. */
export const readTruth = (value: unknown): Reading<Truth> => readAs(truthForm, value)

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

/** Reads a manifest. A string says what is wrong with it and where. */
export function readTruth(value: unknown): Truth | string {
  if (!isObject(value) || !Array.isArray(value.files)) return 'no list of files'
  const files: TruthFile[] = []
  for (const [index, file] of value.files.entries()) {
    const where = `files[${index}]`
    if (!isObject(file) || typeof file.file !== 'string') return `${where} names no file`
    const { expected } = file
    if (!isObject(expected)) return `${where} (${file.file}) has no expected`
    const chains = expected.chains ?? []
    if (!Array.isArray(chains)) return `${where} (${file.file}) has no list of chains`
    const read = chains.map((chain, n) => trueChain(chain, `${where}.expected.chains[${n}]`))
    const wrong = read.find((chain) => typeof chain === 'string')
    if (wrong !== undefined) return wrong as string
    files.push({
      file: file.file,
      format: typeof file.format === 'string' ? file.format : 'evtx',
      hosts: isObject(file.hosts) ? Object.keys(file.hosts) : [],
      chains: read as TrueChain[],
    })
  }
  return {
    set: textOf(value.set) ?? '',
    days: typeof value.days === 'number' && value.days > 0 ? value.days : null,
    files,
  }
}

function trueChain(value: unknown, where: string): TrueChain | string {
  if (!isObject(value)) return `${where} is no object`
  const [host, change, at] = [textOf(value.host), textOf(value.change), textOf(value.created_at)]
  if (host === null || change === null || at === null || Number.isNaN(timeOf(at))) {
    return `${where} lacks host, change or created_at`
  }
  const processes = Array.isArray(value.processes) ? value.processes.filter(isObject) : []
  return {
    task: textOf(value.task),
    host,
    change,
    at,
    route: textOf(value.channel) ?? 'unknown',
    user: textOf(value.actor_user),
    process: textOf(value.actor_process),
    processes: processes.flatMap((one) => {
      const image = textOf(one.image)
      return image === null ? [] : [{ image, pid: typeof one.pid === 'number' ? one.pid : null }]
    }),
    isAttack: value.attack !== false,
    attackName: textOf(value.attack_name),
    isCertain: (textOf(value.confidence) ?? 'certain') === 'certain',
  }
}

/** Milliseconds; a time without a zone is UTC. */
export const timeOf = (text: string): number =>
  Date.parse(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

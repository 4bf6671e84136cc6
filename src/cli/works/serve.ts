import { clean } from '../../report/clean.ts'
import { AlertConfigError, type AlertOptions, alertConfigOf } from '../../serve/alerts/config.ts'
import type { Weighing } from '../../serve/pipeline/evaluation.ts'
import { ServiceRefused } from '../../serve/refused.ts'
import { type Serving, startServing } from '../../serve/serving.ts'
import { exitCodes } from '../exit-codes.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { version } from '../version.ts'
import { openBaseline } from './baseline-file.ts'
import { ofDisk } from './service-store.ts'
import { openSettings } from './settings-file.ts'

export interface Listen {
  readonly host: string
  readonly port: number
}

export interface ServeWanted {
  readonly listen: Listen
  readonly data: string
  readonly adminTokenFile: string | null
  /** A baseline's file, or `none`. */
  readonly baseline: string
  /** A file of settings. */
  readonly settings: string | null
  /** Files. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  readonly behindProxy: boolean
  readonly publicNames: readonly string[]
  readonly retentionDays: number
  readonly silentAfter: number
  readonly alerts: AlertOptions
  readonly watched: readonly string[]
}

/** `tasktrail serve`: runs until it is asked to end. */
export async function serveWork(wanted: ServeWanted, { say, stopped }: Surroundings): Promise<number> {
  const ending = stopped() // a signal may come before it has started
  const serving = await started(wanted, (line) => say(clean(`tasktrail: ${line}`)))
  for (const line of greeting(serving, wanted)) say(line)
  await ending
  await serving.stop()
  say('tasktrail: ended; what was taken is kept')
  return exitCodes.done
}

async function started(wanted: ServeWanted, say: (line: string) => void): Promise<Serving> {
  const { listen, data, adminTokenFile, tls, behindProxy, publicNames, retentionDays, silentAfter, watched } = wanted
  const weighing = weighingOf(wanted)
  try {
    const alerts = await alertConfigOf(wanted.alerts)
    return await startServing({
      ...{ ...listen, data, adminTokenFile, publicNames, version, alerts, say },
      certificate: tls,
      ...{ weighing, retentionDays, silentAfter, watched },
      isBehindProxy: behindProxy,
    })
  } catch (error) {
    if (error instanceof ServiceRefused || error instanceof AlertConfigError) throw new UsageError(error.message)
    throw ofDisk(error, wanted.data)
  }
}

function weighingOf({ baseline, settings }: ServeWanted): Weighing {
  const choice = baseline === 'none' ? 'none' : openBaseline(baseline)
  return {
    choice,
    baselineId: choice === 'none' ? 'none' : choice.id,
    settings: settings === null ? null : openSettings(settings),
  }
}

/** What one needs to know to go on. */
function greeting({ url, token }: Serving, { data, tls }: ServeWanted): string[] {
  const told =
    token.kind === 'made'
      ? `  token   ${token.text}\n          (an administrator's, shown this once)`
      : token.kind === 'in-file'
        ? `  token   in ${clean(token.file)} (an administrator's)`
        : '  token   as before; tasktrail token add makes more'
  return [
    `tasktrail serves ${url}/ and keeps what it knows in ${clean(data)}`,
    told,
    `  page    open ${url}/ and show it the token`,
    `  events  curl ${tls ? '--cacert CERTIFICATE ' : ''}-H "Authorization: Bearer TOKEN" --data-binary @events.ndjson ${url}/api/v1/events`,
    `  senders tasktrail token add NAME --role send --data ${clean(data)}`,
  ]
}

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Severity } from '../../model/finding.ts'
import { reasonOf } from '../../sources/reason.ts'

/** What is said of alerts when the service is started. */
export interface AlertOptions {
  /** From which severity on somebody is told. */
  readonly severity: Severity
  readonly webhook: string | null
  readonly secretFile: string | null
  readonly elasticsearch: string | null
  readonly elasticsearchAuthFile: string | null
  /** The data stream or index. */
  readonly elasticsearchIndex: string
  readonly file: string | null
  /** Certificates (PEM) of those who vouch for the receivers. */
  readonly caFile: string | null
}

/** Medium: of a thousand clean host-days at most one is told. */
export const usualAlerts: AlertOptions = {
  severity: 'medium',
  webhook: null,
  secretFile: null,
  elasticsearch: null,
  elasticsearchAuthFile: null,
  // `logs-*-*`: Elasticsearch itself makes it a data stream, and ECS dynamic mappings apply
  elasticsearchIndex: 'logs-tasktrail.alert-default',
  file: null,
  caFile: null,
}

/** The same, checked and with what the files say. */
export interface AlertConfig {
  readonly severity: Severity
  readonly webhook: { readonly url: URL; readonly secret: Buffer | null } | null
  readonly elasticsearch: { readonly url: URL; readonly index: string; readonly authorization: string | null } | null
  readonly file: string | null
  readonly ca: string | null
}

/** Nobody is told. */
export const noAlerts: AlertConfig = { severity: 'medium', webhook: null, elasticsearch: null, file: null, ca: null }

/** What is wrong with the settings of alerts, for whoever gave them. */
export class AlertConfigError extends Error {
  override readonly name = 'AlertConfigError'
}

/** A secret shorter than this is guessed. */
const shortestSecret = 16

/** Reads the files that the options name; throws an AlertConfigError. */
export async function alertConfigOf(options: AlertOptions): Promise<AlertConfig> {
  const { webhook, secretFile, elasticsearch, elasticsearchAuthFile, file } = options
  needs('--alert-secret-file', secretFile, '--alert-webhook', webhook)
  needs('--alert-elasticsearch-auth-file', elasticsearchAuthFile, '--alert-elasticsearch', elasticsearch)
  const secret = secretFile === null ? null : await secretIn(secretFile)
  const authorization = elasticsearchAuthFile === null ? null : await authorizationIn(elasticsearchAuthFile)
  return {
    severity: options.severity,
    webhook: webhook === null ? null : { url: urlOf(webhook, '--alert-webhook'), secret },
    elasticsearch:
      elasticsearch === null
        ? null
        : {
            url: urlOf(elasticsearch, '--alert-elasticsearch'),
            index: indexNamed(options.elasticsearchIndex),
            authorization,
          },
    file: file === null ? null : resolve(file),
    ca: options.caFile === null ? null : await certificatesIn(options.caFile),
  }
}

function needs(option: string, given: string | null, other: string, otherGiven: string | null): void {
  if (given !== null && otherGiven === null) throw new AlertConfigError(`${option} means nothing without ${other}`)
}

/** The address itself may be a secret, so that it is not said again. */
function urlOf(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) throw new AlertConfigError(`${option}: what was given is no address (https://host/path)`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new AlertConfigError(`${option}: ${url.protocol} is not spoken; https: and http: are`)
  if (url.username !== '' || url.password !== '')
    throw new AlertConfigError(
      `${option}: a name or password has no place in an address, which every list of processes shows`,
    )
  return url
}

/** Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-create, the rules for names. */
function indexNamed(name: string): string {
  if (/^(?![-_+.])[^\s\\/*?"<>|,#:A-Z]{1,255}$/.test(name)) return name
  throw new AlertConfigError('--alert-elasticsearch-index: no name that a data stream or index can have')
}

async function textIn(path: string, option: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    throw new AlertConfigError(`${option}: ${path} cannot be read: ${reasonOf(error)}`)
  }
}

async function secretIn(path: string): Promise<Buffer> {
  const secret = Buffer.from(await textIn(path, '--alert-secret-file'))
  if (secret.length >= shortestSecret) return secret
  throw new AlertConfigError(
    `--alert-secret-file: ${path} holds ${secret.length} bytes, and a secret has at least ${shortestSecret}`,
  )
}

/** An API key as Kibana shows it, `name:password`, or the header's own words. */
async function authorizationIn(path: string): Promise<string> {
  const option = '--alert-elasticsearch-auth-file'
  const text = await textIn(path, option)
  if (/^(?:ApiKey|Basic|Bearer) [!-~]+$/.test(text)) return text
  if (/^[A-Za-z0-9+/_=-]+$/.test(text)) return `ApiKey ${text}`
  if (/^[^:\r\n]+:[^\r\n]+$/.test(text)) return `Basic ${Buffer.from(text).toString('base64')}`
  throw new AlertConfigError(`${option}: ${path} holds neither an API key nor name:password on one line`)
}

async function certificatesIn(path: string): Promise<string> {
  const text = await textIn(path, '--alert-ca-file')
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new AlertConfigError(`--alert-ca-file: ${path} holds no certificate (PEM)`)
}

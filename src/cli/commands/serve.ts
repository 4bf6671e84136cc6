import { type Command, InvalidArgumentError, Option } from 'commander'
import { severities } from '../../model/finding.ts'
import { usualAlerts } from '../../serve/alerts/config.ts'
import { atLeastOne, settingsOption } from '../options.ts'
import { UsageError } from '../refusals.ts'
import { runService } from '../run-service.ts'
import type { Listen, ServeWanted } from '../works/serve.ts'

export const usualData = './tasktrail-data'

export const dataOption = () => new Option('--data <folder>', 'where all that the service keeps is').default(usualData)

export function declareServe(program: Command): void {
  program
    .command('serve')
    .description('take records as they come, and show, tell and keep what is out of the ordinary among them')
    .addOption(
      new Option('--listen <address>', 'where to listen: address:port')
        .argParser(listen)
        .default(usualListen, '127.0.0.1:8931'),
    )
    .addOption(dataOption())
    .option('--admin-token-file <file>', 'where to write the first token (without it the token is shown, once)')
    .option('--baseline <file>', 'weigh against what learn wrote, or `none`: against no other host', 'none')
    .addOption(settingsOption())
    .option('--tls-cert <file>', 'the certificate, PEM, with those between it and its root')
    .option('--tls-key <file>', "the certificate's key, PEM")
    .option('--behind-proxy', 'a proxy stands before it that speaks TLS and names the client (X-Forwarded-For)', false)
    .option('--public-name <name>', 'a name by which it is asked for; may be given again', names)
    .addOption(new Option('--retention <days>', 'how long findings are kept').argParser(atLeastOne).default(400))
    .addOption(
      new Option('--silent-after <seconds>', 'a log that has sent nothing for so long is not waited for')
        .argParser(atLeastOne)
        .default(30),
    )
    .option('--watch <folder>', 'read what is put there, and what grows there; may be given again', folders)
    .addOption(
      new Option('--alert-severity <severity>', 'from which severity on somebody is told')
        .choices(severities)
        .default(usualAlerts.severity),
    )
    .option('--alert-webhook <url>', 'post each alert there as JSON')
    .option('--alert-secret-file <file>', 'sign what is posted with the secret in it (HMAC-SHA256)')
    .option('--alert-elasticsearch <url>', 'write alerts to this cluster as documents of ECS')
    .option('--alert-elasticsearch-auth-file <file>', 'an API key, or name:password, for it')
    .addOption(
      new Option('--alert-elasticsearch-index <name>', 'the data stream or index').default(
        usualAlerts.elasticsearchIndex,
      ),
    )
    .option('--alert-ca-file <file>', 'certificates, PEM, of those who vouch for the receivers')
    .option('--alert-file <file>', 'append each alert to it as a line of JSON')
    .action(async (options) => {
      const { tlsCert, tlsKey, adminTokenFile = null, settings = null, publicName = [] } = options
      const { listen: at, data, baseline, behindProxy, retention: retentionDays, silentAfter } = options
      if ((tlsCert === undefined) !== (tlsKey === undefined))
        throw new UsageError('--tls-cert and --tls-key belong together: a certificate and its key')
      const tls = tlsCert === undefined ? null : { cert: tlsCert, key: tlsKey }
      const wanted: ServeWanted = {
        ...{ listen: at, data, adminTokenFile, baseline, settings, tls, behindProxy },
        ...{ publicNames: publicName, retentionDays, silentAfter },
        watched: options.watch ?? [],
        alerts: {
          severity: options.alertSeverity,
          webhook: options.alertWebhook ?? null,
          secretFile: options.alertSecretFile ?? null,
          elasticsearch: options.alertElasticsearch ?? null,
          elasticsearchAuthFile: options.alertElasticsearchAuthFile ?? null,
          elasticsearchIndex: options.alertElasticsearchIndex,
          file: options.alertFile ?? null,
          caFile: options.alertCaFile ?? null,
        },
      }
      await runService('serve', wanted)
    })
}

const usualListen: Listen = { host: '127.0.0.1', port: 8931 }

/** `address:port`, `[address]:port`, or a port of this machine alone. */
function listen(text: string): Listen {
  const [, address, host, port] = /^(?:(?:\[([0-9a-f:.%]+)\]|([a-z0-9._-]+)):)?(\d{1,5})$/i.exec(text) ?? []
  if (port === undefined || Number(port) > 65_535)
    throw new InvalidArgumentError('Give an address and a port, such as 127.0.0.1:8931 or [::1]:8931.')
  return { host: (address ?? host ?? usualListen.host).toLowerCase(), port: Number(port) }
}

const folders = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text]

function names(text: string, before: string[] | undefined): string[] {
  const name = text.trim().toLowerCase().replace(/\.$/, '')
  if (!/^[a-z0-9._-]{1,255}$/.test(name)) throw new InvalidArgumentError('Give the name of a host, without a port.')
  return [...(before ?? []), name]
}

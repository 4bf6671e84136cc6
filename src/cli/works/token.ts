import { formatInstant } from '../../model/time.ts'
import { clean } from '../../report/clean.ts'
import { type KeptToken, newToken, type Role } from '../../serve/access/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { withStore } from './service-store.ts'

const day = 86_400_000

export interface TokenWanted {
  readonly data: string
  readonly name: string
  readonly role: Role
  readonly hosts: readonly string[] | null
  readonly days: number | null
  readonly quiet: boolean
}

/** `tasktrail token add NAME`: the token alone goes to stdout. */
export function tokenAddWork(wanted: TokenWanted, { say, freeTerminal }: Surroundings): Promise<number> {
  const { data, name, role, hosts, days, quiet } = wanted
  return withStore(data, (store) => {
    const { id, text, hash } = newToken()
    const created = Date.now()
    const expires = days === null ? null : created + days * day
    store.tokens.add({ id, name, role, hash, hosts, created, expires, lastUsed: null })
    writeReport(null, [`${text}\n`], freeTerminal)
    if (!quiet)
      say(`This is token ${id} of ${name}, role ${role}. It is shown this once; tasktrail token remove ${id} ends it.`)
    return exitCodes.done
  })
}

/** `tasktrail token list`. */
export function tokenListWork(
  { data, format }: { readonly data: string; readonly format: string },
  { freeTerminal }: Surroundings,
): Promise<number> {
  return withStore(data, (store) => {
    const tokens = store.tokens.all()
    const pieces = format === 'json' ? [`${JSON.stringify({ tokens: tokens.map(tokenJson) })}\n`] : table(tokens)
    writeReport(null, pieces, freeTerminal)
    return exitCodes.done
  })
}

/** `tasktrail token remove ID`. */
export function tokenRemoveWork({ data, id }: { readonly data: string; readonly id: string }): Promise<number> {
  return withStore(data, (store) => {
    if (!store.tokens.remove(id)) throw new UsageError(`there is no token ${id}: tasktrail token list tells them`)
    return exitCodes.done
  })
}

const timeText = (time: number | null) => (time === null ? null : formatInstant({ time, ticks: 0 }))

const tokenJson = ({ id, name, role, hosts, created, expires, lastUsed }: KeptToken) => ({
  ...{ id, name, role, hosts },
  ...{ created: timeText(created), expires: timeText(expires), lastUsed: timeText(lastUsed) },
})

function table(tokens: readonly KeptToken[]): string[] {
  const rows = [
    ['ID', 'NAME', 'ROLE', 'HOSTS', 'EXPIRES', 'LAST USED'],
    ...tokens.map(({ id, name, role, hosts, expires, lastUsed }) => [
      ...[id, clean(name), role, hosts === null ? 'any' : clean(hosts.join(','))],
      ...[timeText(expires) ?? 'never', timeText(lastUsed) ?? 'never'],
    ]),
  ]
  const widths =
    rows[0]?.map((_, column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0)) ?? []
  return rows.map(
    (row) =>
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
  )
}

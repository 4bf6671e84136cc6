import { describeAction } from '../model/canonical/index.ts'
import { counted } from '../model/counted.ts'
import { append } from '../model/lists.ts'
import { formatInstant, type Instant } from '../model/time.ts'
import { jsonLine } from './clean.ts'
import { csvLine } from './csv-line.ts'
import { inventoryJson } from './inventory-json.ts'
import { hostName, legible } from './legible.ts'
import type { InventoryItem, ScanResult } from './result.ts'
import { unmetText } from './unmet.ts'
import { wrap } from './wrap.ts'

export function* inventoryLines({ inventory, inputs }: ScanResult): Iterable<string> {
  for (const item of inventory) yield `${jsonLine(inventoryJson(item, inputs))}\n`
}

export function* inventoryDocument(result: ScanResult): Iterable<string> {
  yield '['
  let first = true
  for (const item of result.inventory) {
    yield `${first ? '\n' : ',\n'}${jsonLine(inventoryJson(item, result.inputs))}`
    first = false
  }
  yield '\n]\n'
}

const columns = [
  'host',
  'path',
  'known from',
  'action',
  'runs as',
  'author',
  'state',
  'first seen',
  'last seen',
  'registered',
  'last run',
  'last result',
  'created by',
  'route',
  'hash',
] as const

/**
 * One row a task. A cell that a spreadsheet would take for a formula is made text; what a terminal would obey is a visible escape, as
 * CSV has no other.
 */
export function* inventoryCsv({ inventory }: ScanResult): Iterable<string> {
  yield csvLine(columns)
  for (const item of inventory) yield csvLine(cellsOf(item))
}

const timeOf = (at: Instant | null): string => (at ? formatInstant(at) : '')

function cellsOf({ entry, definitionHash }: InventoryItem): string[] {
  return [
    entry.host,
    entry.path,
    entry.knownFrom.join(' '),
    entry.actions.map(describeAction).join(' | '),
    entry.runsAs ?? '',
    entry.author ?? '',
    stateOf(entry),
    timeOf(entry.firstSeen),
    timeOf(entry.lastSeen),
    timeOf(entry.registered),
    timeOf(entry.lastRun) || (entry.lastRunLocal ?? ''),
    entry.lastResult === null ? '' : `0x${(entry.lastResult >>> 0).toString(16)}`,
    entry.created?.actor.user ?? '',
    entry.created?.route ?? '',
    definitionHash ?? '',
  ]
}

function stateOf({ isDeleted, isEnabled, isHidden }: InventoryItem['entry']): string {
  const states = [
    isDeleted ? 'deleted' : isEnabled === false ? 'disabled' : isEnabled ? 'enabled' : '',
    isHidden ? 'hidden' : '',
  ]
  return states.filter((s) => s !== '').join(' ')
}

/** The tasks of each host as a list to read. */
export function* inventoryTable(result: ScanResult): Iterable<string> {
  const { inventory } = result
  const counts = new Map<string, number>()
  for (const { entry } of inventory) counts.set(entry.host, (counts.get(entry.host) ?? 0) + 1)
  let host: string | null = null
  for (const { entry, definitionHash } of inventory) {
    if (entry.host !== host) {
      const count = counts.get(entry.host) ?? 0
      yield `${host === null ? '' : '\n'}${hostName(entry.host)}: ${counted(count, 'task')}\n`
      host = entry.host
    }
    const state = stateOf(entry)
    const facts = [
      `known from ${entry.knownFrom.join(', ')}`,
      state,
      entry.runsAs === null ? '' : `as ${legible(entry.runsAs)}`,
      entry.lastRun ? `last run ${formatInstant(entry.lastRun)}` : '',
      entry.lastRunLocal ? `last run ${legible(entry.lastRunLocal)} local time` : '',
      definitionHash === null ? '' : `hash ${definitionHash.slice(0, 12)}`,
    ].filter((f) => f !== '')
    const lines = [
      ...wrap(legible(entry.path), { first: '  ', rest: '    ' }),
      ...entry.actions.flatMap((a) => wrap(legible(describeAction(a)), { first: '      $ ', rest: '        ' })),
      ...(entry.registryActions ?? []).flatMap((a) =>
        wrap(`in the registry: ${legible(describeAction(a))}`, { first: '      $ ', rest: '        ' }),
      ),
      ...wrap(facts.join(', '), { first: '      ', rest: '      ' }),
    ]
    const { created } = entry
    if (created) {
      const by = created.actor.user === null ? '' : ` by ${legible(created.actor.user)}`
      const says = `created ${formatInstant(created)}${by} through ${created.route}`
      append(lines, wrap(says, { first: '      ', rest: '      ' }))
    }
    yield `${lines.join('\n')}\n`
  }
  if (inventory.length === 0) yield `${unmetText(result) ?? 'no task is known from this input'}\n`
}

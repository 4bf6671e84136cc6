import type { ScoredChain } from '../../model/finding.ts'
import { alike } from '../alike.ts'
import type { PageIndex, Row } from './data.ts'
import { rowOf } from './row.ts'

/** Texts by their numbers. */
class Texts {
  readonly list: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string | null): number {
    if (text === null || text === '') return -1
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.list.length)
    return this.list.push(text) - 1
  }
}

const tenths = (bits: number): number => Math.round(bits * 10)

/** Rows of chains as columns. */
export function pageIndex(scored: readonly ScoredChain[]): PageIndex {
  const numbers = new Map(scored.map((one, number) => [one, number]))
  const groups = scored.map((_, number) => number)
  for (const { first, more } of alike(scored))
    for (const other of more) groups[numbers.get(other) ?? 0] = numbers.get(first) ?? 0
  // Which are alike is known, and costs less for all at once.
  const rows = scored.map((one) => rowOf(one, ''))
  const texts = new Texts()
  const textOf = (say: (row: Row) => string | null) => rows.map((row) => texts.numberOf(say(row)))
  return {
    ids: rows.map(({ id }) => id),
    kinds: textOf(({ kind }) => kind),
    hosts: textOf(({ host }) => host),
    titles: textOf(({ title }) => title),
    gists: textOf(({ gist }) => gist),
    severities: rows.map(({ severity }) => severity),
    bits: rows.map(({ parts: [change, ran, around] }) => [tenths(change), tenths(ran), tenths(around)] as const),
    times: rows.map(({ time }) => time),
    ends: rows.map(({ end }) => end),
    verdicts: textOf(({ verdict }) => verdict),
    changes: textOf(({ change }) => change),
    routes: textOf(({ route }) => route),
    users: textOf(({ user }) => user),
    origins: textOf(({ origin }) => origin),
    targets: textOf(({ target }) => target),
    actions: textOf(({ action }) => action),
    definitions: textOf(({ definition }) => definition),
    programs: rows.map(({ programs }) => programs.map((name) => texts.numberOf(name))),
    hashes: rows.map(({ hashes }) => hashes.map((hash) => texts.numberOf(hash))),
    alike: groups,
    texts: texts.list,
  }
}

import { expect, test } from 'vitest'
import { madeChain, madeClearedLog, madeProcess, madeRun } from '../lab/made-chains.ts'
import type { Chain } from '../model/chain.ts'
import type { ScoredChain, Severity } from '../model/finding.ts'
import { alike } from './alike.ts'
import { findingsTable } from './findings-table.ts'
import { widthOfText } from './wrap.ts'

type Made = Parameters<typeof madeChain>[0]

const scored = (chain: Chain, severity: Severity): ScoredChain => ({
  chain,
  verdict: 'not-run',
  score: { bits: 15, severity, factors: [] },
  baseline: null,
  settings: null,
})
const weighed = (made: Made, severity: Severity = 'high') => scored(madeChain(made), severity)
const tableOf = (chains: readonly ScoredChain[], width: number) => [
  ...findingsTable(alike(chains), { width, color: false }),
]

const remote = weighed({
  host: 'fs01.corp.example',
  taskPath: '\\Microsoft\\Windows\\Some long folder\\Another long folder\\Cleanup',
  change: { actor: { user: 'CORPORATION\\adm', remote: { address: '192.0.2.45' } } },
  definition: { actions: [{ kind: 'exec', command: 'C:\\Windows\\System32\\cmd.exe', arguments: '/c whoami' }] },
})

test('from 120 columns on a finding is one line, below it two', () => {
  expect(tableOf([remote], 160)).toHaveLength(2)
  expect(tableOf([remote], 80)).toHaveLength(4)
})

test('what a cell has no room for goes where it tells least: the folders of a task, the domain, the folder of a program', () => {
  const [, , above, below] = tableOf([remote], 80)
  expect(above).toMatch(/^HIGH {6}fs01 .*…[^ ].*\\Cleanup {2}\d{4}-\d\d-\d\d \d\d:\d\d$/)
  expect(below).toMatch(/^01234567 {2}adm from 192\.0\.2\.45 +\(no run\) cmd\.exe \/c whoami$/)
})

test('what a run started stands behind its command line, and stays when that is long', () => {
  const processes = [
    madeProcess({ image: 'C:\\a.exe', commandLine: `a.exe ${'x'.repeat(200)}` }),
    madeProcess({ image: 'C:\\Windows\\System32\\conhost.exe', depth: 1 }),
    madeProcess({ image: 'C:\\Windows\\System32\\whoami.exe', depth: 1 }),
  ]
  const row = tableOf([weighed({ taskPath: '\\a', runs: [madeRun({ processes })] })], 80).at(-1)
  expect(row).toMatch(/a\.exe x+… → whoami\.exe$/)
})

test('a name that is too long itself loses its end', () => {
  const name = 'OneDrive Standalone Update Task-S-1-5-21-1234567890-1234567890-1234567890-1106'
  const cellOf = (taskPath: string) => tableOf([weighed({ taskPath })], 80)[2]
  expect(cellOf(`\\${name}`)).toMatch(/ {2}\\OneDrive Standalone .*… {2}2024/)
  expect(cellOf(`\\Folder\\${name}`)).toMatch(/ {2}…\\OneDrive Standalone .*… {2}2024/)
})

test('two hosts of one label keep their whole names', () => {
  const table = tableOf([weighed({ host: 'ws1.a.example', taskPath: '\\a' }), weighed({ host: 'ws1.b.example' })], 160)
  expect(table.join('\n')).toMatch(/ws1\.a\.example[\s\S]*ws1\.b\.example/)
})

test('wide characters, emoji and marks leave the columns where they are', () => {
  const names = ['計画'.repeat(40), '🔥'.repeat(60), 'e\u0301'.repeat(90), `\\${'가'.repeat(7)}`, 'a\u001b[2Jb']
  for (const width of [80, 160]) {
    const table = tableOf(
      names.map((name) => weighed({ host: name, taskPath: name, change: { actor: { user: name } } })),
      width,
    )
    for (const line of table) expect(widthOfText(line)).toBeLessThanOrEqual(width)
    const whens = table.slice(width === 80 ? 2 : 1).filter((line) => /\d\d:\d\d$/.test(line))
    expect(new Set(whens.map((line) => widthOfText(line)))).toEqual(new Set([width]))
    expect(table.join('')).toContain('\\u{1b}[2J')
  }
})

test('the same task on 300 hosts is one row, whatever these call themselves in it', () => {
  const fleet = Array.from({ length: 300 }, (_, i) =>
    weighed({
      id: `id${i}`,
      host: `ws${i}.corp.example`,
      taskPath: '\\Updater',
      change: { actor: { user: `CORP\\WS${i}$` } },
    }),
  )
  const table = tableOf(fleet, 80)
  expect(table).toHaveLength(4)
  expect(table[2]).toMatch(/^HIGH {6}300 hosts/)
})

test('logs that one user cleared one after the other are one row, with how many', () => {
  const cleared = Array.from({ length: 589 }, (_, i) =>
    scored(madeClearedLog({ id: `id${i}`, log: `Log ${i}`, by: { user: 'CORP\\bob' } }), 'low'),
  )
  expect(tableOf(cleared, 80)[2]).toContain('log Log 0 cleared ×589')
})

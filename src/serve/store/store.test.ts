import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { noLedger } from '../../coverage/index.ts'
import { Database } from './database.ts'
import type { FindingQuery, FindingToKeep } from './findings.ts'
import { ServiceFolder } from './folder.ts'
import type { KeptHost } from './hosts.ts'
import { storeSteps } from './schema.ts'
import { Store } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'store-'))
afterAll(() => rmSync(root, { recursive: true }))
let made = 0
const fresh = () => join(root, `n${made++}`)

const finding = (id: string, more: Partial<FindingToKeep> = {}): FindingToKeep => ({
  id,
  formerIds: [],
  host: 'ws1.example.test',
  shard: 'ws1',
  kind: 'chain',
  severity: 'high',
  bits: 12,
  verdict: 'outlier',
  task: '\\Updater',
  time: 1_000,
  end: 2_000,
  revision: { facts: 10, newest: 2_000 },
  line: '{}',
  json: `{"id":"${id}"}`,
  ...more,
})

const listed = (store: Store, query: Partial<FindingQuery> = {}): string[] => {
  const page = store.findings.list({ limit: 100, ...query })
  return page.kind === 'page' ? page.findings.map(({ id }) => id) : [page.kind]
}

describe('a service’s folder', () => {
  test('is for its owner alone, and so is what lies in it', () => {
    const path = fresh()
    const folder = ServiceFolder.open(path)
    Store.open(folder.database).close()
    expect(statSync(path).mode & 0o777).toBe(0o700)
    expect(statSync(folder.database).mode & 0o777).toBe(0o600)
    expect(statSync(join(path, 'in-use')).mode & 0o777).toBe(0o600)
    folder.close()
  })

  test('is of one service at a time, and free again when that has ended', () => {
    const path = fresh()
    const folder = ServiceFolder.open(path)
    expect(() => ServiceFolder.open(path)).toThrow(/in use: another tasktrail serve/)
    folder.close()
    ServiceFolder.open(path).close()
  })

  test('is none that has other things in it', () => {
    const path = fresh()
    mkdirSync(path)
    writeFileSync(join(path, 'thesis.doc'), '')
    expect(() => ServiceFolder.open(path)).toThrow(/other things in it \(thesis.doc\)/)
    expect(existsSync(join(path, 'in-use'))).toBe(false)
  })
})

describe('a store', () => {
  test('of a newer version is refused, and so is a database of somebody else, and what is none', () => {
    const newer = fresh()
    Database.open(newer, [...storeSteps, 'create table more (n)']).close()
    expect(() => Store.open(newer)).toThrow(/is of version 2, this tasktrail knows versions up to 1/)
    expect(() => Store.look(newer)).toThrow(/version 2/)
    const foreign = fresh()
    const other = new DatabaseSync(foreign)
    other.exec('create table diary (day)')
    other.close()
    expect(() => Store.open(foreign)).toThrow(/not one of tasktrail/)
    const text = fresh()
    writeFileSync(text, 'Dear diary, '.repeat(1_000))
    expect(() => Store.open(text)).toThrow(/cannot be read as a database/)
  })

  test('of an older version is brought up to date, step by step', () => {
    const path = fresh()
    Database.open(path, ['create table a (n); insert into a values (1)']).close()
    expect(() => Database.look(path, 2)).toThrow(/older version/)
    const steps = ['never again', 'alter table a add column m default 7', 'create table b as select * from a']
    const database = Database.open(path, steps)
    expect(database.all('select * from b')).toEqual([{ n: 1, m: 7 }])
    database.close()
    const copy = Database.look(path, 3)
    expect(copy.all('select n from a')).toEqual([{ n: 1 }])
    copy.close()
  })

  test('undoes a transaction that fails', () => {
    const store = Store.open(fresh())
    const fail = () =>
      store.transaction(() => {
        store.meta.set('applied', 5)
        throw new Error('no')
      })
    expect(fail).toThrow('no')
    expect(store.meta.number('applied')).toBe(0)
    store.close()
  })

  test('gives each source a number, and each of its posts a place, the same ones after a kill', () => {
    const path = fresh()
    const store = Store.open(path)
    expect([store.sources.begin('a', 10), store.sources.begin('b', 5), store.sources.begin('a', 3)]).toEqual([
      { source: 1, base: 0 },
      { source: 2, base: 0 },
      { source: 1, base: 10 },
    ])
    store.transaction(() => store.sources.write())
    store.sources.written()
    store.sources.begin('c', 1)
    store.close()
    const again = Store.open(path)
    expect(again.sources.list).toEqual([undefined, 'a', 'b'])
    expect([again.sources.begin('d', 1), again.sources.begin('a', 1)]).toEqual([
      { source: 3, base: 0 },
      { source: 1, base: 13 },
    ])
    again.close()
  })

  test('is copied whole while it is open', async () => {
    const store = Store.open(fresh())
    store.findings.upsert(finding('a'), 1)
    const path = fresh()
    await store.database.copyTo(path)
    store.findings.upsert(finding('b'), 1)
    const copy = Store.look(path)
    expect(listed(copy)).toEqual(['a'])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    copy.close()
    store.close()
  })
})

describe('findings', () => {
  test('count on with every change, and say nothing where nothing changed', () => {
    const store = Store.open(fresh())
    expect(store.findings.upsert(finding('a'), 1)).toEqual({ kind: 'written', change: 1, before: null })
    expect(store.findings.upsert(finding('a'), 2)).toEqual({ kind: 'unchanged' })
    expect(store.findings.upsert(finding('b'), 2)).toMatchObject({ change: 2 })
    const worse = finding('a', { severity: 'critical', json: '{"id":"a","worse":true}' })
    expect(store.findings.upsert(worse, 3)).toMatchObject({ change: 3, before: { severity: 'high', change: 1 } })
    expect(listed(store, { order: 'change', after: 1 })).toEqual(['b', 'a'])
    expect(store.findings.one('a')).toMatchObject({ severity: 'critical', firstWritten: 1, written: 3 })
    expect(store.findings.json('a')).toBe('{"id":"a","worse":true}')
    expect(store.findings.lastChange).toBe(3)
    store.close()
  })

  test('that know less never take the place of those that know more', () => {
    const store = Store.open(fresh())
    store.findings.upsert(finding('a'), 1)
    const poorer = finding('a', { revision: { facts: 9, newest: 9_000 }, json: '{}' })
    expect(store.findings.upsert(poorer, 2)).toEqual({ kind: 'poorer' })
    const older = finding('a', { revision: { facts: 10, newest: 1_999 }, json: '{}' })
    expect(store.findings.upsert(older, 2)).toEqual({ kind: 'poorer' })
    const asRich = finding('a', { json: '{}' })
    expect(store.findings.upsert(asRich, 2)).toMatchObject({ kind: 'written' })
    store.close()
  })

  test('are found by former ids, which they take the place of', () => {
    const store = Store.open(fresh())
    store.findings.upsert(finding('old', { severity: 'low' }), 1)
    const renamed = store.findings.upsert(finding('new', { formerIds: ['older', 'old'] }), 5)
    expect(renamed).toMatchObject({ kind: 'written', change: 2, before: { id: 'old', severity: 'low' } })
    expect(listed(store)).toEqual(['new'])
    expect(store.findings.one('new')?.firstWritten).toBe(1)
    store.findings.upsert(finding('newest', { formerIds: ['new'] }), 6)
    expect([store.findings.followed('older'), store.findings.followed('newest')]).toEqual(['newest', 'newest'])
    expect(store.findings.followed('never')).toBeNull()
    // not those of another host
    store.findings.upsert(finding('theirs', { formerIds: ['newest'], shard: 'ws2', host: 'ws2' }), 7)
    expect(store.findings.one('newest')).not.toBeNull()
    store.close()
  })

  test('that do not stand any more say why, until they do again', () => {
    const store = Store.open(fresh())
    store.findings.upsert(finding('a'), 1)
    expect(store.findings.withdraw('a', 'another record explains it', 2)).toBe(2)
    expect(store.findings.withdraw('a', 'again', 2)).toBeNull()
    expect([listed(store), listed(store, { withdrawn: 'only' })]).toEqual([[], ['a']])
    expect(store.findings.standing('ws1')).toEqual([])
    expect(store.findings.upsert(finding('a'), 3)).toMatchObject({ change: 3, before: { withdrawn: /.+/ } })
    expect(listed(store)).toEqual(['a'])
    store.close()
  })

  test('are listed page by page, in each order, by each filter', () => {
    const store = Store.open(fresh())
    for (let i = 0; i < 7; i++)
      store.findings.upsert(finding(`f${i}`, { time: i < 2 ? 0 : 100 * i, end: 900 - i, bits: i % 3 }), i)
    store.findings.upsert(finding('quiet', { severity: 'informational', time: 5 }), 8)
    store.findings.upsert(finding('theirs', { host: 'ws2', shard: 'ws2', verdict: 'not-run', task: '\\Other' }), 9)
    for (const order of ['time', 'end', 'bits', 'change'] as const) {
      const pages: string[] = []
      let cursor: string | undefined
      do {
        const page = store.findings.list({ order, limit: 2, cursor })
        if (page.kind !== 'page') throw new Error(page.kind)
        for (const { id } of page.findings) pages.push(id)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(pages).toEqual(listed(store, { order }))
      expect(pages).toHaveLength(8)
    }
    expect(listed(store, { all: true })).toHaveLength(9)
    expect(listed(store, { severity: 'critical' })).toEqual([])
    expect(listed(store, { host: 'WS2' })).toEqual(['theirs'])
    expect(listed(store, { host: 'ws1.other.test' })).toEqual([])
    expect(listed(store, { shards: ['ws2', 'ws3'] })).toEqual(['theirs'])
    expect(listed(store, { shards: [] })).toEqual([])
    expect(listed(store, { verdict: 'not-run', task: 'OTH' })).toEqual(['theirs'])
    // what has no time may have happened at any
    expect(listed(store, { since: 300, until: 500, host: 'ws1' })).toEqual(['f4', 'f3', 'f1', 'f0'])
    expect(listed(store, { cursor: 'nonsense' })).toEqual(['bad-cursor'])
    expect(store.findings.counts()).toMatchObject({ informational: 1, high: 8 })
    store.close()
  })

  test('go with their records when they are old', () => {
    const store = Store.open(fresh())
    store.findings.upsert(finding('a', { formerIds: ['z'] }), 1)
    store.findings.upsert(finding('b'), 5)
    store.findingRecords.put('a', [{ n: 0, key: 'k', bytes: new Uint8Array([1]) }])
    expect(store.findings.forget(5)).toBe(1)
    expect(listed(store)).toEqual(['b'])
    expect(store.findingRecords.of('a')).toEqual([])
    expect(store.findings.followed('z')).toBeNull()
    store.close()
  })
})

describe('records that are kept', () => {
  test('are the newest, as many and as large as may be', () => {
    const store = Store.open(fresh())
    const records = Array.from({ length: 6 }, (_, n) => ({
      key: `k${n}`,
      time: n,
      bytes: new Uint8Array(n === 4 ? 50 : 10).fill(n),
    }))
    const keys = () => [...store.keptRecords.of('ws1').keys()]
    store.keptRecords.put('ws2', [{ key: 'theirs', time: 0, bytes: new Uint8Array(1_000) }], {
      records: 5,
      bytes: 1_000,
    })
    store.keptRecords.put('ws1', records, { records: 5, bytes: 1_000 })
    expect(keys()).toEqual(['k5', 'k4', 'k3', 'k2', 'k1'])
    expect([...(store.keptRecords.of('ws1').get('k3')?.bytes ?? [])]).toEqual(Array(10).fill(3))
    store.keptRecords.put('ws1', records, { records: 5, bytes: 75 })
    expect(keys()).toEqual(['k5', 'k4', 'k3'])
    store.keptRecords.put('ws1', [], { records: 5, bytes: 75 })
    expect([keys(), store.keptRecords.of('ws2').size]).toEqual([[], 1])
    store.close()
  })
})

describe('hosts, tokens, notices and problems', () => {
  test('come back as they were kept', () => {
    const store = Store.open(fresh())
    const host: KeptHost = {
      ...{ host: 'ws1.example.test', shard: 'ws1', role: 'workstation' as const, first: null, last: 5, arrived: 7 },
      ...{ records: 9, late: 0, state: 'hearing' as const },
    }
    store.hosts.put(host)
    const telemetry = { host: host.host, ledger: noLedger, series: [], kept: new Set<never>() }
    store.hosts.putTelemetry(telemetry, 5)
    store.hosts.heard('ws1', 8)
    store.hosts.setState(host.host, 'stopped')
    expect(store.hosts.one(host.host)).toEqual({ ...host, arrived: 8, state: 'stopped' })
    expect([store.hosts.telemetry(host.host), store.hosts.telemetryTime(host.host)]).toEqual([telemetry, 5])
    expect(store.hosts.unheardSince(9, 'stopped')).toHaveLength(1)
    expect(store.hosts.list({ limit: 1, text: 'EXAMPLE' })).toMatchObject({ hosts: [{ host: host.host }], next: null })
    const token = { id: 't', name: 'ann', role: 'read', hosts: ['ws1'], created: 1, expires: null } as const
    store.tokens.add({ ...token, hash: 'x', lastUsed: null })
    store.tokens.used(new Map([['t', 9]]))
    expect(store.tokens.all()).toEqual([{ ...token, hash: 'x', lastUsed: 9 }])
    expect([store.tokens.remove('t'), store.tokens.remove('t')]).toEqual([true, false])
    store.notices.add({ time: 1, host: null, kind: 'baseline', text: 'a' })
    store.notices.add({ time: 2, host: 'ws1', kind: 'host-silent', text: 'b' })
    expect(store.notices.list({ limit: 5 }).map(({ text }) => text)).toEqual(['b', 'a'])
    expect(store.notices.after(1, 5)).toHaveLength(1)
    store.problems.add({ source: 'drop', code: 'damaged', count: 2, time: 1, reason: 'first' })
    store.problems.add({ source: 'drop', code: 'damaged', count: 3, time: 4, reason: 'second' })
    expect(store.problems.all()).toMatchObject([{ count: 5, first: 1, last: 4, reason: 'second' }])
    store.close()
  })
})

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packFacts } from '../../src/engine/fact-packing.ts'
import { nodeFiles } from '../../src/serve/files/node-files.ts'
import { packCells, unpackCells } from '../../src/serve/log/cells.ts'
import { postEntry, readEntry, writeEntry } from '../../src/serve/log/entries.ts'
import { Log, type LogDamage, NotKept } from '../../src/serve/log/log.ts'
import { packShardFacts, unpackShardFacts } from '../../src/serve/log/shard-facts.ts'
import { ForgetfulFiles } from './forgetful-files.ts'

const folder = '/service/log'
const small = { segmentBytes: 200, groupBytes: 100 }

async function opened(files: ForgetfulFiles, applied = 0) {
  const entries: [number, string][] = []
  const damages: LogDamage[] = []
  const log = await Log.open(files, folder, applied, {
    take: ({ number, body }) => void entries.push([number, Buffer.from(body).toString()]),
    damaged: (damage) => damages.push(damage),
    settings: small,
  })
  return { log, entries, damages }
}

const bodyOf = (text: string): Uint8Array[] => [Buffer.from(text.slice(0, 2)), Buffer.from(text.slice(2))]

describe('the log', () => {
  test('gives back what was added, in order, and goes on with the next number', async () => {
    const files = new ForgetfulFiles(1)
    const { log } = await opened(files)
    const numbers = await Promise.all(['first', 'second', 'third'].map((text) => log.add(bodyOf(text))))
    expect(numbers).toEqual([1, 2, 3])
    const again = await opened(files)
    expect(again.entries).toEqual([
      [1, 'first'],
      [2, 'second'],
      [3, 'third'],
    ])
    expect(again.damages).toEqual([])
    expect(await again.log.add(bodyOf('fourth'))).toBe(4)
    expect((await opened(files, 3)).entries).toEqual([[4, 'fourth']])
  })

  test('syncs once for all that wait', async () => {
    const files = new ForgetfulFiles(1)
    const { log } = await opened(files)
    await Promise.all(Array.from({ length: 9 }, (_, i) => log.add(bodyOf(`entry ${i}`))))
    // the first alone, and as many of the others as are written at once: 100 bytes
    expect(log.syncs).toBeLessThanOrEqual(4)
  })

  test('removes segments that are applied, and never a number twice', async () => {
    const files = new ForgetfulFiles(1)
    const { log } = await opened(files)
    for (let i = 1; i <= 40; i++) await log.add(bodyOf(`entry number ${i}`))
    const before = await files.list(folder)
    expect(before.length).toBeGreaterThan(3)
    await log.forget(39)
    const left = await files.list(folder)
    expect(left.length).toBeLessThanOrEqual(2)
    await log.close()
    const again = await opened(files, 40)
    expect(again.entries).toEqual([])
    expect(await again.log.add(bodyOf('next'))).toBe(41)
    // also when all of its files are gone
    expect(await (await opened(new ForgetfulFiles(2), 40)).log.add(bodyOf('next'))).toBe(41)
  })

  test('says which entries are lost where a segment is missing, and goes on with those after it', async () => {
    const files = new ForgetfulFiles(1)
    const { log } = await opened(files)
    for (let i = 1; i <= 40; i++) await log.add(bodyOf(`entry number ${i}`))
    const [, second = ''] = await files.list(folder)
    await files.remove(`${folder}/${second}`)
    const { entries, damages } = await opened(files)
    const numbers = entries.map(([number]) => number)
    const missing = Array.from({ length: 40 }, (_, i) => i + 1).filter((number) => !numbers.includes(number))
    expect(damages).toMatchObject([
      { kind: 'lost', text: `entries ${missing[0]} to ${missing.at(-1)} of the log are not there any more` },
    ])
    expect(missing.length).toBeGreaterThan(1)
    expect(missing.length).toBeLessThan(15)
  })

  test('refuses what a full disk does not take, loses nothing, and takes more when there is room', async () => {
    const files = new ForgetfulFiles(1)
    const { log } = await opened(files)
    await log.add(bodyOf('kept'))
    files.room = 30
    await expect(log.add(bodyOf('x'.repeat(50)))).rejects.toThrow(NotKept)
    await expect(log.add(bodyOf('x'.repeat(50)))).rejects.toThrow(/ENOSPC/)
    files.room = 1_000
    expect(await log.add(bodyOf('kept, too'))).toBe(2)
    await log.close()
    await expect(log.add(bodyOf('late'))).rejects.toThrow(/closed/)
    expect((await opened(files)).entries).toEqual([
      [1, 'kept'],
      [2, 'kept, too'],
    ])
  })

  test('has every entry that it said to have after a kill at any step, and none that was never added', async () => {
    for (let seed = 0; seed < 300; seed++) {
      let files = new ForgetfulFiles(seed)
      const said = new Map<number, string>()
      let count = 0
      let applied = 0
      for (let life = 0; life < 3; life++) {
        files.killAt = 1 + ((seed * 7 + life * 13) % 40)
        try {
          const { log, entries, damages } = await opened(files, applied)
          expect(damages.filter(({ kind }) => kind === 'lost')).toEqual([])
          expect(entries.every(([, text]) => /^entry \d+ *$/.test(text))).toBe(true)
          const found = new Map(entries)
          for (const [number, text] of said) if (number > applied) expect(found.get(number)).toBe(text)
          for (const [number, text] of found) said.set(number, text)
          if (life === 1) applied = Math.max(0, log.last - 2)
          for (let i = 0; i < 12 && !files.isKilled; i++) {
            const texts = Array.from({ length: 1 + (i % 3) }, () => `entry ${count++}`.padEnd(10 + ((seed + i) % 30)))
            const added = await Promise.allSettled(texts.map((text) => log.add(bodyOf(text))))
            for (const [n, one] of added.entries())
              if (one.status === 'fulfilled') said.set(one.value, texts[n] as string)
            if (i === 6) await log.forget(applied)
          }
        } catch (error) {
          if (!files.isKilled) throw error
        }
        files = files.afterKill(seed * 31 + life)
      }
      const { entries } = await opened(files, applied)
      const found = new Map(entries)
      for (const [number, text] of said) if (number > applied) expect(found.get(number)).toBe(text)
    }
  })

  test('keeps files for its owner alone on the disk of this machine', async () => {
    const root = mkdtempSync(join(tmpdir(), 'log-'))
    const path = join(root, 'log')
    const ignored = { take: () => {}, damaged: () => {}, settings: small }
    const log = await Log.open(nodeFiles, path, 0, ignored)
    await Promise.all(Array.from({ length: 30 }, (_, i) => log.add(bodyOf(`entry number ${i}`))))
    await log.close()
    expect(statSync(path).mode & 0o777).toBe(0o700)
    const names = readdirSync(path)
    expect(names.length).toBeGreaterThan(1)
    expect(statSync(join(path, names[0] as string)).mode & 0o777).toBe(0o600)
    const numbers: number[] = []
    const again = await Log.open(nodeFiles, path, 0, { ...ignored, take: ({ number }) => void numbers.push(number) })
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    await again.close()
    rmSync(root, { recursive: true })
  })
})

describe('an entry', () => {
  test('comes back as it was', () => {
    const fact = {
      ...{ kind: 'process-ended' as const, exitCode: null, time: 1_714_564_800_123, ticks: 7, host: 'ws1', source: 0 },
      ...{ channel: 'Security', eventId: 4689, recordId: 9, position: 5_000_000_000, pid: 8, guid: null, image: 'x' },
    }
    const shard = {
      ...{ shard: 'ws1', first: fact.time, last: fact.time, facts: packFacts([fact, { ...fact, image: null }]) },
      contentHashes: new Float64Array([0, 2 ** 52 - 1]),
      originals: new Uint8Array([1, 2, 3]),
      originalEnds: new Uint32Array([2, 3]),
      counts: new Uint8Array([123, 125]),
    }
    expect(unpackShardFacts(packShardFacts(shard))).toEqual({
      facts: shard.facts,
      contentHashes: shard.contentHashes,
      originals: shard.originals,
      originalEnds: shard.originalEnds,
      counts: shard.counts,
    })
    const large = {
      ...shard,
      facts: { ...shard.facts, texts: new Uint8Array(Buffer.from(`["${'a'.repeat(9_000)}"]`)) },
    }
    expect(packShardFacts(large).length).toBeLessThan(400)
    expect(unpackShardFacts(packShardFacts(large)).facts).toEqual(large.facts)
    const problems = [1, 2].map((item) => ({ item, code: 'damaged' as const, reason: `no time ${item}` }))
    const read = { records: 5, contentBytes: 77, shards: [shard], problems, unlisted: 3 }
    const entry = postEntry(read, { arrival: 1, sender: 'ann', source: 'drop', bytes: 77 })
    expect(readEntry(Buffer.concat(writeEntry(entry)))).toEqual({
      ...entry,
      shards: entry.shards.map(({ unpacked: _, data, ...one }) => ({ ...one, data: Buffer.from(data) })),
    })
    expect(entry.problems).toMatchObject([{ code: 'damaged', count: 2, reason: 'no time 1' }, { count: 3 }])
    const tick = { kind: 'tick', time: 5 } as const
    expect(readEntry(Buffer.concat(writeEntry(tick)))).toEqual(tick)
  })

  test('has every number in few bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger())), (cells) => {
        const packed = Buffer.from(packCells(cells))
        expect(unpackCells(packed, cells.length)).toEqual(Float64Array.from(cells))
      }),
    )
    expect(packCells([-1, 0, 42, Number.NaN, 4688]).length).toBe(6)
  })
})

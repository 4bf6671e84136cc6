import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { BaselineFile, writeBaseline } from './baseline-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-baseline-'))
afterAll(() => rmSync(folder, { recursive: true }))

const content = {
  hosts: [{ hash: '00000000000000aa', name: 'ws1', role: 'server', spans: [20_000, 20_000, 20_004, 20_006] }],
  things: [
    { kind: 'command', key: 'a "b" ü', hosts: [], isSample: false },
    {
      kind: 'program',
      key: 'x.exe',
      hosts: [{ host: 'f0000000000000aa', first: 1, last: 4_000_000 }],
      isSample: true,
    },
  ],
  held: [
    {
      id: 'abc',
      host: '00000000000000aa',
      task: null,
      bits: 9.5,
      things: [{ kind: 'program', key: 'y.exe', first: 1, last: 2 }],
      isReleased: true,
    },
  ],
} as const

function written(name: string): string {
  const path = join(folder, name)
  writeBaseline(path, content, 'cafe')
  return path
}

test('what is written is read', () => {
  const file = new BaselineFile(written('whole.db'))
  expect({ id: file.id, hosts: file.hosts, things: [...file.things], held: file.held }).toEqual({
    id: 'cafe',
    ...content,
  })
  expect(file.find(content.things[1])?.hosts.unpacked()).toEqual(content.things[1].hosts)
  expect([...file.counts()].map(({ key }) => key)).toEqual(content.things.map(({ key }) => key))
  expect(file.find({ kind: 'program', key: 'a "b" ü' })).toBeUndefined()
  file.close()
})

test('a file of the form before, which knew no roles, is read', () => {
  const path = written('before.db')
  const file = new DatabaseSync(path)
  file.exec("update about set value = 'tasktrail.baseline/1' where name = 'format'; alter table host drop column role")
  file.close()
  const read = new BaselineFile(path)
  expect(read.hosts).toEqual([{ ...content.hosts[0], role: 'unknown' }])
  read.close()
})

describe('what is no baseline is told with its name', () => {
  const opened = (path: string) => () => new BaselineFile(path)

  test('nothing, a text, an empty file, another database', () => {
    expect(opened(join(folder, 'none.db'))).toThrow(/none\.db cannot be opened/)
    writeFileSync(join(folder, 'text.db'), 'not a database, only a text that is long enough'.repeat(9))
    expect(opened(join(folder, 'text.db'))).toThrow(/text\.db is no baseline that can be read/)
    writeFileSync(join(folder, 'empty.db'), '')
    expect(opened(join(folder, 'empty.db'))).toThrow(/empty\.db is no baseline/)
    const other = new DatabaseSync(join(folder, 'other.db'))
    other.exec('create table a (b)')
    other.close()
    expect(opened(join(folder, 'other.db'))).toThrow(/other\.db is no baseline/)
  })

  test('one of which a part was lost or written over', () => {
    const path = written('damaged.db')
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, bytes.length - 4096))
    expect(opened(path)).toThrow(/damaged\.db (?:is damaged|is no baseline that can be read)/)
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0xff)]))
    expect(opened(path)).toThrow(/damaged\.db (?:is damaged|is no baseline that can be read)/)
  })

  test('one with views or triggers of its own', () => {
    const path = written('view.db')
    const file = new DatabaseSync(path)
    file.exec('create view v as select * from thing')
    file.close()
    expect(opened(path)).toThrow(/view\.db is no baseline of the form tasktrail\.baseline\/2/)
  })
})

import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openOutput, terminalLines } from '../../src/cli/output.ts'
import { abandon, refuseTwice, reserve, writingTo } from '../../src/cli/outputs.ts'
import { inShell, tasktrail, tasktrailIn } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-outputs-'))
afterAll(() => rmSync(root, { recursive: true }))

const evidence = join(root, 'evidence')
const log = join(evidence, 'logs', 'Security.evtx')
mkdirSync(join(evidence, 'logs'), { recursive: true })
writeFileSync(log, 'evidence')
const elsewhere = join(root, 'elsewhere')
mkdirSync(elsewhere)

const file = (path: string, force = false) => ({ path, kind: 'file' as const, force })

describe('an output that is an input, by whatever name, is refused even with --force', () => {
  const link = join(elsewhere, 'link.json')
  symlinkSync(log, link)
  const hard = join(elsewhere, 'hard.json')
  linkSync(log, hard)
  const door = join(elsewhere, 'door')
  symlinkSync(evidence, door)

  test.each([
    ['the file itself', log, log],
    ['a link to it', link, log],
    ['a hard link to it', hard, log],
    ['a file of a folder that is an input', log, evidence],
    ['a hard link to a file of such a folder', hard, evidence],
    ['a new file in such a folder', join(evidence, 'new.json'), evidence],
    ['a new file deep in it', join(evidence, 'logs', 'new.json'), evidence],
    ['a new file in it, through a link', join(door, 'logs', 'new.json'), evidence],
    ['a new file in what a link stands for that is the input', join(evidence, 'new.json'), door],
  ])('%s', (_, out, input) => {
    expect(() => reserve(file(out, true), [input])).toThrow(/an input|lies inside/)
    expect(readFileSync(log, 'utf8')).toBe('evidence')
  })

  test.each([
    ['what standard input reads', '$tasktrail scan - --force --out Security.evtx < Security.evtx'],
    ['what standard input reads, by another name', '$tasktrail dump - --force --out link < Security.evtx'],
    ['a redirected output in a folder that is an input', '$tasktrail scan . > new.txt'],
    ['an output in what a link below an input leads to', '$tasktrail scan --follow-links in --force --out out/new.txt'],
  ])('%s', (_, command) => {
    const folder = mkdtempSync(join(root, 'shell-'))
    for (const one of ['in', 'out']) mkdirSync(join(folder, one))
    writeFileSync(join(folder, 'Security.evtx'), 'evidence')
    symlinkSync('Security.evtx', join(folder, 'link'))
    symlinkSync('../out', join(folder, 'in', 'door'))
    const { code, stderr } = inShell(command, folder)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/an input: write (it )?elsewhere\n$/)])
    expect(readFileSync(join(folder, 'Security.evtx'), 'utf8')).toBe('evidence')
    expect(readdirSync(join(folder, 'out'))).toEqual([])
  })

  test.skipIf(process.getuid?.() === 0)('also where a folder of the input lets nobody look', () => {
    const closed = join(evidence, 'closed')
    mkdirSync(closed, { mode: 0 })
    expect(() => reserve(file(hard, true), [evidence])).toThrow('an input')
    rmSync(closed, { recursive: true })
  })

  test('for every command that writes', () => {
    const truth = join(root, 'truth.json')
    writeFileSync(truth, '{}')
    for (const args of [
      ['scan', evidence],
      ['scan', '--explain-input', evidence],
      ['inventory', evidence],
      ['dump', evidence],
      ['validate', evidence, '--expect', truth],
      ['diff', log, truth],
      ['lab', 'score', log, truth],
    ]) {
      const { code, stdout, stderr } = tasktrail(...args, '--force', '--out', log)
      expect([args[0], code, stdout]).toEqual([args[0], 2, ''])
      expect(stderr).toMatch(/^tasktrail: .* is an input: write elsewhere\n$/)
    }
    expect([readFileSync(log, 'utf8'), readFileSync(truth, 'utf8')]).toEqual(['evidence', '{}'])
  })
})

describe('what is there already', () => {
  test('is written over only with --force', () => {
    const there = join(elsewhere, 'there.txt')
    writeFileSync(there, 'mine')
    expect(() => reserve(file(there), [])).toThrow('is there already')
    const output = openOutput(reserve(file(there, true), []))
    output.write('new')
    expect(readFileSync(there, 'utf8')).toBe('mine')
    output.end()
    expect(readFileSync(there, 'utf8')).toBe('new')
  })

  test('is not written into when it is a folder with something in it', () => {
    for (const args of [['lab', 'make', '--hosts', '1', '--days', '1'], ['demo']]) {
      const folder = join(root, `full-${args[0]}`)
      mkdirSync(folder)
      writeFileSync(join(folder, 'truth.json'), 'mine')
      const { code, stderr } = tasktrail(...args, '--out', folder)
      expect([code, stderr]).toEqual([2, expect.stringContaining('is there already')])
      expect([readdirSync(folder), readFileSync(join(folder, 'truth.json'), 'utf8')]).toEqual([['truth.json'], 'mine'])
    }
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('is no evidence that a demo is put among', () => {
    const folder = join(root, 'evidence-of-its-own')
    mkdirSync(folder)
    writeFileSync(join(folder, 'Security.evtx'), 'evidence')
    const { code, stderr } = tasktrail('demo', '--out', folder)
    expect([code, stderr]).toEqual([2, expect.stringContaining('Security.evtx is there already')])
    expect(readdirSync(folder)).toEqual(['Security.evtx'])
  })

  test('may be the demo of an earlier run, which it writes to the very same bytes', () => {
    const folder = join(root, 'demo')
    expect([1, 2].map(() => tasktrail('demo', '--quiet', '--out', folder).code)).toEqual([0, 0])
  })
})

describe('before any work', () => {
  test('a folder that is not there, one in place of a file, a file in place of a folder', () => {
    expect(() => reserve(file(join(root, 'none', 'a.txt')), [])).toThrow('there is no folder')
    expect(() => reserve(file(elsewhere), [])).toThrow('is a folder')
    expect(() => reserve({ path: log, kind: 'folder', force: true }, [])).toThrow('is a file')
  })

  test('no name', () => {
    expect(tasktrail('scan', '--out', '', evidence)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no name'),
    })
  })

  test('nothing is left of an output that was given up', () => {
    const reserved = reserve(file(join(root, 'given-up.txt')), [])
    openOutput(reserved).write(new Uint8Array(9))
    expect(existsSync(reserved.partial)).toBe(true)
    abandon(reserved)
    expect([existsSync(reserved.partial), existsSync(reserved.final)]).toEqual([false, false])
  })
})

test.skipIf(!existsSync('/dev/full'))('a disk that is full is no wrong usage', () => {
  const demo = join(root, 'demo-for-full')
  expect(tasktrail('demo', '--quiet', '--out', demo).code).toBe(0)
  expect(tasktrail('scan', '--out', '/dev/full', demo)).toEqual({
    code: 74,
    stdout: '',
    stderr: 'tasktrail: /dev/full cannot be written: no space left on device (ENOSPC)\n',
  })
})

test('what the system says against a folder of results is said of the folder, with what to mend', () => {
  const folder = reserve({ path: join(root, 'results'), kind: 'folder', force: false }, [])
  const noSpace = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  })
  expect(() =>
    writingTo(folder, () => {
      throw noSpace
    }),
  ).toThrow('results cannot be written: no space left on device (ENOSPC)')
})

test.each([
  ['standard input', '-'],
  ['what the lab makes', ''],
])('without a folder for temporary files, %s is told which and what to do', (_, path) => {
  const none = join(root, 'no-such-folder')
  const { code, stderr } = path === '' ? tasktrailIn(none, 'validate', '--quiet') : tasktrailIn(none, 'scan', path)
  expect([code, stderr]).toEqual([
    74,
    `tasktrail: a temporary file cannot be written in ${none}: no such file or directory (ENOENT); TMPDIR names another folder for such files\n`,
  ])
})

test('on a terminal the lines of CSV end like all others', () => {
  expect(terminalLines('host,path\r\nh1,\\a\r\n')).toBe('host,path\nh1,\\a\n')
})

test('two outputs in one place are refused before anything is read', () => {
  const place = (name: string) => reserve(file(join(elsewhere, name)), [])
  const folder = reserve({ path: join(elsewhere, 'kept'), kind: 'folder', force: false }, [])
  const inIt = { ...folder, kind: 'file' as const, final: join(folder.final, 'x.db') }
  expect(() => refuseTwice([place('one.txt'), place('one.txt')])).toThrow('two outputs in one place')
  expect(() => refuseTwice([inIt, folder])).toThrow('two outputs in one place')
  expect(() => refuseTwice([null, place('kept.db'), place('kept.txt'), folder])).not.toThrow()
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const project = join(import.meta.dirname, '../..')
const { bin, engines, files } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
const program = join(project, bin.tasktrail)
const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-node-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What the program that a package installs says on a Node that gives this version. */
function on(version: string) {
  const preload = join(folder, `${version}.cjs`)
  writeFileSync(preload, `Object.defineProperty(process.versions, 'node', { value: '${version}' })\n`)
  const { status, stderr } = spawnSync(process.execPath, ['--require', preload, program, '--version'], {
    encoding: 'utf8',
  })
  return { status, stderr }
}

test.each(['0.10.48', '20.20.2', '24.5.9'])('Node %s is told what is needed, with exit code 69', (version) => {
  const { status, stderr } = on(version)
  expect(status).toBe(69)
  expect(stderr).toContain(`this is Node ${version}, and tasktrail needs Node ${engines.node.slice(2)} or later`)
  expect(stderr).not.toContain('    at ')
})

test.each(['24.6.0', '24.10.0', '100.0.0'])('Node %s is not refused', (version) => {
  expect(on(version).status).not.toBe(69)
})

test('the first file is JavaScript that any Node parses, and is in the package', () => {
  const source = readFileSync(program, 'utf8').replace(/\/\/.*$/gm, '')
  expect(source).not.toMatch(/=>|`|\b(?:const|let|class|import|export|async|await)\b|\?\.|\?\?|\.\.\.|,\s*\)/)
  expect(files).toContain('bin')
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { givenPath, nameOf } from './file-names.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-names-'))
afterAll(() => rmSync(root, { recursive: true }))

const inRoot = (name: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')])

// Windows and macOS have no such names
test.skipIf(process.platform !== 'linux')(
  'a name that is no UTF-8 is found by what the command line makes of it',
  () => {
    mkdirSync(inRoot('d\xff'))
    for (const name of ['caf\xe9.xml', 'd\xff/x.xml', 'two\xe4', 'two\xf6']) writeFileSync(inRoot(name), '')
    const shown = (name: string) => nameOf(givenPath(join(root, name)))
    expect(shown('caf\ufffd.xml')).toBe(join(root, 'caf\\xE9.xml'))
    expect(shown('d\ufffd/x.xml')).toBe(join(root, 'd\\xFF/x.xml'))
    expect(shown('no\ufffd')).toBe(join(root, 'no\ufffd'))
    expect(() => shown('two\ufffd')).toThrow('may be any of two\\xE4, two\\xF6')
  },
)

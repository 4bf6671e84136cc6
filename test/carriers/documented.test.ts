import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { carriers } from '../../src/sources/json/carriers/index.ts'
import { listers } from '../../src/sources/task-list/listers/index.ts'

test('every carrier has its row in docs/carriers.md', () => {
  const page = readFileSync(new URL('../../docs/carriers.md', import.meta.url), 'utf8')
  expect([...carriers, ...listers].map(({ name }) => name).filter((name) => !page.includes(`**${name}**`))).toEqual([])
})

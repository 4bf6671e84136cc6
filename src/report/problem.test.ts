import { expect, test } from 'vitest'
import { problemText } from './problem.ts'

const problem = { file: 'Security.evtx', chunk: null, offset: null, code: 'truncated', reason: 'the file ends early' }

test.each([
  [{}, 'Security.evtx: the file ends early'],
  [{ chunk: 17, offset: 0x110000 }, 'Security.evtx: chunk 17 at 0x110000: the file ends early'],
  [{ offset: 16 }, 'Security.evtx: at 0x10: the file ends early'],
  [{ chunk: 0 }, 'Security.evtx: chunk 0: the file ends early'],
  [{ file: 'a\u001b[2J.evtx', reason: 'b\nc' }, 'a\\u{1b}[2J.evtx: b c'],
])('a problem says where it is and what it is', (more, text) => {
  expect(problemText({ ...problem, ...more })).toBe(text)
})

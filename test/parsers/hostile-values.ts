import type { SweepValues } from '../../src/hunt/index.ts'

/** Names of tasks that mean something else to one language or another. */
export const hostileNames: readonly string[] = [
  '\\O\'Brien "quoted"',
  '\\ends with a backslash\\',
  '\\two\\\\backslashes\\\\*and a star',
  '\\*',
  '\\a?b*c\\?\\*',
  '\\line\nbreak\r\nand\ttab',
  '\\" or 1 == 1 //',
  '\\") | project x = 1 //',
  "\\' | delete index=*",
  '\\``` | makeresults ```',
  '\\{{jinja}} $dollar %percent% $1',
  '\\[a-z]+(.*)^$|{2,}',
  '\\: - yaml: &anchor *alias !tag # comment',
  '\\--- document',
  '\\null',
  '\\\u202Eexe.txt\u2066\u200B',
  '\\\u{E0001}\u{E0041}hidden tags',
  '\\日本語 タスク é e\u0301 😀',
  '\\\u0007\u001b[31mred\u001b[0m',
  '\\<Data Name="TaskName">&amp;</Data>--',
]

/** A finding that has such a value wherever one can stand. */
export const hostileFinding = (name: string): SweepValues => ({
  id: '0123456789abcdef',
  taskPath: `\\Folder${name}`,
  commandLines: [`cmd.exe /c ${name}`],
  files: [`C:\\Temp${name}.exe`],
  hashes: [{ algorithm: 'sha256', hash: 'a'.repeat(64) }],
  users: [`user${name}`],
  addresses: ['192.0.2.7'],
})

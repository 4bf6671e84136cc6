import { collectedLogs, fileOfLog } from './collected.ts'

const globs = [
  ...collectedLogs.map((log) => `C:/Windows/System32/winevt/Logs/${fileOfLog(log)}`),
  ...['SOFTWARE', 'SYSTEM'].flatMap((hive) =>
    ['', '.LOG1', '.LOG2'].map((ending) => `C:/Windows/System32/config/${hive}${ending}`),
  ),
  'C:/Windows/System32/Tasks/**',
  'C:/Windows/SysWOW64/Tasks/**',
  'C:/Windows/Tasks/*.job',
]

/** What is asked of Windows' own tools, and the file that the answer is kept in. */
const answers: readonly (readonly [string, readonly string[]])[] = [
  ['auditpol.csv', ['auditpol.exe', '/get', '/category:*', '/r']],
  ...collectedLogs.map((log) => [`log-settings-${log.replaceAll('/', '-')}.txt`, ['wevtutil.exe', 'gl', log]] as const),
  ['clock.txt', ['w32tm.exe', '/query', '/status', '/verbose']],
]

/** An artifact for Velociraptor, whose accessor `auto` reads files that are in use. Source: its documentation, “Artifacts” and VQL. */
export function* collectByVelociraptor(): Iterable<string> {
  yield 'name: Custom.Windows.TaskTrail\n'
  yield 'description: |\n  What tasktrail reads of scheduled tasks: logs, hives, task files, and what the host is set to record.\n'
  yield '  Export the collection as a zip, and scan that.\ntype: CLIENT\n'
  yield "precondition: SELECT OS FROM info() WHERE OS = 'windows'\nsources:\n"
  yield '  - name: Files\n    query: |\n'
  yield `      LET Globs = (\n${globs.map((glob) => `        '${glob}'`).join(',\n')}\n      )\n`
  yield "      SELECT OSPath, Size, Mtime, hash(path=OSPath, accessor='auto').SHA256 AS SHA256,\n"
  yield "        upload(file=OSPath, accessor='auto', mtime=Mtime) AS Upload\n"
  yield "      FROM glob(globs=Globs, accessor='auto')\n      WHERE NOT IsDir\n"
  yield '  - name: Settings\n    query: |\n'
  yield `      LET Asked = (\n${answers.map(([file, argv]) => `        dict(File='${file}', Argv=(${argv.map((one) => `'${one}'`).join(', ')}))`).join(',\n')}\n      )\n`
  yield '      SELECT * FROM foreach(row=Asked, query={\n'
  yield "        SELECT File, ReturnCode, upload(accessor='data', file=Stdout, name=File) AS Upload\n"
  yield '        FROM execve(argv=Argv, length=1000000)\n        WHERE Stdout\n      })\n'
  yield '  - name: Host\n    query: |\n'
  yield '      SELECT Hostname, Fqdn, Platform, PlatformVersion, timestamp(epoch=now()) AS Now FROM info()\n'
}

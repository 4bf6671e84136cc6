import { collectedLogs, fileOfLog } from './collected.ts'

interface Target {
  readonly name: string
  readonly category: string
  readonly path: string
  readonly mask: string
  readonly isRecursive: boolean
}

const target = (name: string, category: string, path: string, mask: string): Target => ({
  ...{ name, category, path, mask, isRecursive: mask === '*' },
})

const targets: readonly Target[] = [
  ...collectedLogs.map((log) =>
    target(`Log ${log}`, 'EventLogs', 'C:\\Windows\\System32\\winevt\\Logs\\', fileOfLog(log)),
  ),
  ...['SOFTWARE', 'SOFTWARE.LOG1', 'SOFTWARE.LOG2', 'SYSTEM', 'SYSTEM.LOG1', 'SYSTEM.LOG2'].map((hive) =>
    target(`Hive ${hive}`, 'Registry', 'C:\\Windows\\System32\\config\\', hive),
  ),
  target('Task files', 'Persistence', 'C:\\Windows\\System32\\Tasks\\', '*'),
  target('Task files of 32 bits', 'Persistence', 'C:\\Windows\\SysWOW64\\Tasks\\', '*'),
  target('Job files', 'Persistence', 'C:\\Windows\\Tasks\\', '*.job'),
]

/** A target for KAPE, which copies files that are in use. Source: KAPE's documentation, “Targets”. */
export function* collectByKape(): Iterable<string> {
  yield '# Save as Targets\\Windows\\TaskTrail.tkape, then: kape.exe --tsource C: --tdest E:\\out --target TaskTrail --zip NAME\n'
  yield '# A target copies files alone. For what the host is set to record, run on it and put beside the folder C of the collection:\n'
  yield '#   auditpol /backup /file:E:\\auditpol.csv\n#   wevtutil gl Security > E:\\log-settings.txt\n'
  yield 'Description: What tasktrail reads of scheduled tasks\nAuthor: tasktrail\nVersion: 1.0\n'
  yield 'Id: 5b6a3f0e-8c1d-4e57-9a42-6d0f7c2b91e3\nRecreateDirectories: true\nTargets:\n'
  for (const { name, category, path, mask, isRecursive } of targets) {
    yield `    -\n        Name: ${name}\n        Category: ${category}\n        Path: ${path}\n        FileMask: '${mask}'\n`
    if (isRecursive) yield '        Recursive: true\n'
  }
}

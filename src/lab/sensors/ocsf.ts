import type { SeenAccount, SeenProcess, SensorSight } from './seen.ts'

const processOf = (process: SeenProcess) => ({
  pid: process.pid,
  uid: `lab-${process.pid}-${process.started.time}`,
  name: process.image.slice(process.image.lastIndexOf('\\') + 1),
  file: { name: process.image.slice(process.image.lastIndexOf('\\') + 1), path: process.image, type_id: 1 },
  cmd_line: process.commandLine,
})
const userOf = ({ name, domain, sid }: SeenAccount) => ({ name, domain, uid: sid })
const sessionOf = ({ logonId }: SeenAccount) => ({ uid: String(logonId) })
const jobs = { created: 1, updated: 2, deleted: 3 }

/** An event of OCSF 1.7, after the schema. */
export function ocsfEvent(sight: SensorSight): object {
  const event = (class_uid: number, class_name: string, activity_id: number, attributes: object) => ({
    activity_id,
    category_uid: Math.floor((class_uid % 100_000) / 1000),
    class_uid,
    class_name,
    type_uid: class_uid * 100 + activity_id,
    time: sight.time.time,
    severity_id: 1,
    metadata: { version: '1.7.0', sequence: sight.count, product: { name: 'Lab', vendor_name: 'tasktrail' } },
    device: { hostname: sight.host, type_id: 0 },
    ...attributes,
  })
  switch (sight.kind) {
    case 'process': {
      const { process, account } = sight
      return event(1007, 'Process Activity', 1, {
        actor: { process: processOf(sight.parent) },
        process: {
          ...processOf(process),
          user: userOf(account),
          session: sessionOf(account),
          integrity: sight.integrity,
        },
      })
    }
    case 'process-end':
      return event(1007, 'Process Activity', 2, { process: processOf(sight.process), actor: {} })
    case 'task':
      return event(1006, 'Scheduled Job Activity', jobs[sight.change], {
        actor: {
          ...(sight.client ? { process: processOf(sight.client) } : {}),
          user: userOf(sight.caller),
          session: sessionOf(sight.caller),
        },
        job: { name: sight.task, cmd_line: commandIn(sight.xml) },
      })
    case 'logon':
      return event(3002, 'Authentication', 1, {
        logon_type_id: sight.type,
        user: userOf(sight.account),
        session: sessionOf(sight.account),
        src_endpoint: { ip: sight.address, port: Number(sight.port) || 0, hostname: sight.workstation },
        status_id: 1,
      })
    case 'module':
      return event(1005, 'Module Activity', 1, {
        actor: { process: processOf(sight.process) },
        module: { file: { path: sight.path }, type: 'DLL' },
      })
    case 'file':
      return event(1001, 'File System Activity', 1, {
        actor: { process: processOf(sight.process) },
        file: { path: sight.path, type_id: 1 },
      })
    case 'registry':
      return event(201_002, 'Registry Value Activity', 2, {
        actor: { process: processOf(sight.process) },
        reg_value: { path: sight.key, name: sight.value, data: sight.data },
      })
  }
}

function commandIn(xml: string): string {
  const plain = (name: string) =>
    (new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  return `${plain('Command')} ${plain('Arguments')}`.trim()
}

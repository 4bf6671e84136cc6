import { expect, test } from 'vitest'
import { factsOf, lines } from './facts-of.ts'

// Rows of machines that are not Windows, from sensors that watch those as well: at, cron and processes there are nobody's tasks here.

const linux = '/usr/bin/at'
const sysmon =
  '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><Version>5</Version><TimeCreated SystemTime="2025-09-01T09:00:00Z"/>' +
  '<EventRecordID>1</EventRecordID><Channel>Linux-Sysmon/Operational</Channel><Computer>lx7</Computer></System><EventData>' +
  `<Data Name="ProcessGuid">{a5b1c5f4-0000-0000-0000-000000000001}</Data><Data Name="ProcessId">7</Data><Data Name="Image">${linux}</Data>` +
  '<Data Name="CommandLine">at now</Data></EventData></Event>'

test.each<[string, object | string]>([
  [
    'CrowdStrike',
    {
      ...{
        event_simpleName: 'ProcessRollup2',
        aid: 'a',
        ComputerName: 'lx7',
        event_platform: 'Lin',
        CommandLine: 'at now',
      },
      ...{ TargetProcessId: '1', ImageFileName: linux, ContextTimeStamp: '1756717200.250' },
    },
  ],
  [
    'SentinelOne',
    {
      ...{
        'event.type': 'Process Creation',
        'event.time': 1756717200250,
        'endpoint.name': 'lx7',
        'endpoint.os': 'linux',
      },
      ...{
        'src.process.uid': 'a',
        'tgt.process.uid': 'b',
        'tgt.process.image.path': linux,
        'tgt.process.cmdline': 'at now',
      },
    },
  ],
  [
    'LimaCharlie',
    {
      routing: { event_type: 'NEW_PROCESS', hostname: 'lx7', event_time: 1756717200250, this: 'a', plat: 0x2000_0000 },
      event: { FILE_PATH: linux, COMMAND_LINE: 'at now', PROCESS_ID: 7 },
    },
  ],
  [
    'Elastic Defend',
    {
      ...{ '@timestamp': '2025-09-01T09:00:00Z', event: { dataset: 'endpoint.events.process', action: 'exec' } },
      host: { hostname: 'lx7', os: { type: 'linux' } },
      process: { entity_id: 'a', pid: 7, executable: linux, command_line: 'at now' },
    },
  ],
  [
    'Defender, whose rows name no system',
    {
      ...{
        Timestamp: '2025-09-01T09:00:00Z',
        DeviceName: 'lx7',
        ActionType: 'ProcessCreated',
        ReportId: 1,
        ProcessId: 7,
      },
      ...{ FileName: 'at', FolderPath: '/usr/bin', ProcessCommandLine: 'at now' },
    },
  ],
  [
    'HarfangLab',
    {
      ...{ log_type: 'process', process_unique_id: 'u', image_name: linux, commandline: 'at now', pid: 7 },
      ...{ '@event_create_date': '2025-09-01T09:00:00Z', agent: { agentid: 'a', hostname: 'lx7', ostype: 'linux' } },
    },
  ],
  [
    'OCSF that names no system: a job of cron',
    {
      ...{ class_uid: 1006, activity_id: 1, time: 1756717200250, device: { hostname: 'lx7' } },
      job: { name: 'backup', cmd_line: '/usr/local/bin/backup.sh' },
    },
  ],
  ['Sysmon', sysmon],
])('%s', async (_, row) => {
  expect(await factsOf(typeof row === 'string' ? row : lines(row))).toMatchObject({ facts: [], problems: [] })
})

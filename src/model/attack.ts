import { counted } from './counted.ts'
import type { ExecutionWindow, Settings, TaskAuthor } from './settings.ts'

// What of MITRE ATT&CK tasktrail implements, in ATT&CK's own words, and how its mutable elements are set here.

/** A value that ATT&CK leaves to whoever uses an analytic. */
export interface MutableElement {
  readonly field: string
  readonly description: string
  /** In a word, as each finding has it. */
  readonly setTo: string
  /** What that means here. */
  readonly here: string
}

/**
 * The analytic.
 * Source: ATT&CK Enterprise 19.1, x-mitre-analytic and x-mitre-detection-strategy of https://attack.mitre.org/detectionstrategies/DET0094
 */
export const attack = {
  domain: 'enterprise-attack',
  release: '19.1',
  analytic: {
    id: 'AN0258',
    name: 'Analytic 0258',
    version: '1.0',
    platform: 'Windows',
    description:
      'Detects creation or modification of scheduled tasks using schtasks.exe, at.exe, or COM objects followed by execution of outlier processes tied to the scheduled job.',
  },
  strategy: {
    id: 'DET0094',
    name: 'Cross-Platform Behavioral Detection of Scheduled Task/Job Abuse',
    version: '1.0',
    url: 'https://attack.mitre.org/detectionstrategies/DET0094',
  },
  techniques: [
    { id: 'T1053', name: 'Scheduled Task/Job' },
    { id: 'T1053.002', name: 'At' },
    { id: 'T1053.005', name: 'Scheduled Task' },
    { id: 'T1070.001', name: 'Clear Windows Event Logs' },
  ],
  logSources: [
    { name: 'WinEventLog:Security', channel: 'EventCode=4698' },
    { name: 'WinEventLog:Sysmon', channel: 'EventCode=1' },
    { name: 'WinEventLog:Sysmon', channel: 'EventCode=2' },
  ],
  mutableElements: [
    {
      field: 'TaskAuthor',
      description: 'Unexpected user or account context initiating the task.',
      setTo: 'weighed',
      here: 'Who made the change, from which program and from where is weighed, and against what learn knows of people; `scan --settings` takes a list of those who are expected.',
    },
    {
      field: 'CommandLineRegex',
      description: 'Suspicious binaries or script usage tied to scheduled tasks.',
      setTo: 'weighed',
      here: 'What the task is to run and what ran is weighed by counts over ordinary tasks and attacks (docs/score.md); `scan --settings` takes patterns beside them.',
    },
    {
      field: 'ExecutionWindow',
      description: 'Lookback window to correlate process execution after task registration.',
      setTo: 'life of the task',
      here: 'A run belongs to the latest change of its task before it, however long ago that was; `scan --settings` takes days after which it no longer weighs, and the hours of those who make tasks.',
    },
  ] satisfies readonly MutableElement[],
  notice:
    '© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
  license:
    'The MITRE Corporation (MITRE) hereby grants you a non-exclusive, royalty-free license to use ATT&CK® for research, development, and commercial purposes. Any copy you make for such purposes is authorized provided that you reproduce MITRE’s copyright designation and this license in any such copy.',
  terms: 'https://attack.mitre.org/resources/legal-and-branding/terms-of-use/',
} as const

/** The mutable elements as they are set: by the settings of a scan, where it was given any. */
export function mutableElements(settings: Settings | null): readonly MutableElement[] {
  if (settings === null) return attack.mutableElements
  const { taskAuthor, commandLineRegex, executionWindow } = settings
  const set: Readonly<Record<string, string | null>> = {
    TaskAuthor: taskAuthor && authorSet(taskAuthor),
    CommandLineRegex: commandLineRegex.length === 0 ? null : counted(commandLineRegex.length, 'pattern'),
    ExecutionWindow: executionWindow && windowSet(executionWindow),
  }
  return attack.mutableElements.map((element) => ({
    ...element,
    // A number of days stands in the place of the task's whole life; all else adds to what is weighed.
    setTo: [element.field === 'ExecutionWindow' && executionWindow?.days ? null : element.setTo, set[element.field]]
      .filter((one) => one)
      .join('; '),
    here: set[element.field] ? 'So say the settings.' : element.here,
  }))
}

const authorSet = ({ creators, authors, bits }: TaskAuthor): string =>
  [
    creators && counted(creators.length, 'expected creator'),
    authors && counted(authors.length, 'expected author'),
    `${bits} bits for others`,
  ]
    .filter((one) => one !== null)
    .join(', ')

function windowSet({ days, hours, bits }: ExecutionWindow): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const parts = [
    days && counted(days, 'day'),
    hours &&
      `${clock(hours.from)}-${clock(hours.to)} on ${counted(hours.weekdays.length, 'day')} of the week, ${bits} bits at other times`,
  ]
  return parts.filter((one) => one !== null).join(', ')
}

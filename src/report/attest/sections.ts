import { counted, grouped } from '../../model/counted.ts'
import { capabilities, gradeNames, grades } from '../../model/coverage-report.ts'
import { hostName } from '../legible.ts'
import { type Attestation, findingSeverities } from './attestation.ts'

/** Rows of each table: it is one page, and JSON has all. */
const most = { findings: 40, holes: 20, hosts: 40, inputs: 60, cases: 60, blindSpots: 30 }

/** A part of the page. Text of the input stands in it as it is: who prints it makes it safe. */
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } | null
}

/** The page's parts, in the order in which they are asked for. */
export const sectionsOf = (of: Attestation): Section[] => [
  scope(of),
  hosts(of),
  coverage(of),
  holes(of),
  validation(of),
  ages(of),
  findings(of),
  limits(of),
  inputs(of),
]

const minute = (time: string | null): string => (time === null ? '' : time.slice(0, 16).replace('T', ' '))

function scope({
  scope: own,
  tool,
  analytic,
  techniques,
  baseline,
  settings,
  unmet,
  inputsSha256,
}: Attestation): Section {
  return {
    title: 'Scope',
    lines: unmet === null ? [] : [unmet],
    table: {
      head: ['what', 'which'],
      rows: [
        ['time (UTC)', own.first === null ? 'no record' : `${minute(own.first)} to ${minute(own.last)}`],
        ['read', `${counted(own.inputs, 'input')}, ${counted(own.records, 'record')}, ${counted(own.bytes, 'byte')}`],
        ['not read', `${counted(own.skippedFiles, 'file')} of other kinds, ${counted(own.problems, 'problem')}`],
        ['tool', `${tool.name} ${tool.version}`],
        [
          'analytic',
          `${analytic.id} version ${analytic.version} (${analytic.strategy}, ATT&CK ${analytic.release}): ${techniques.join(', ')}`,
        ],
        ['baseline', baseline ?? 'none: the hosts of the input are compared with each other'],
        ['settings', settings ?? 'none'],
        ['SHA-256 of the list of inputs', inputsSha256],
      ],
    },
  }
}

function hosts({ hosts: own }: Attestation): Section {
  const list = (what: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${counted(names.length, 'host')} ${what}: ${someOf(names.map(hostName), most.hosts)}`]
  return {
    title: 'Hosts',
    lines: [
      own.expected === null
        ? `${counted(own.seen, 'host')} in the input; nobody said which there should be`
        : `${counted(own.expected, 'host')} expected, ${grouped(own.expected - own.silent.length)} of them in the input`,
      ...list('expected and not in the input', own.silent),
      ...list('not heard of lately', own.stale),
      ...list('in the input and not expected', own.unexpected),
    ],
    table: {
      head: ['role', 'hosts', ...gradeNames.map((grade) => grades[grade])],
      rows: own.byRole.map(({ role, hosts: n, grades: byGrade }) => [
        role,
        grouped(n),
        ...gradeNames.map((grade) => (byGrade[grade] === 0 ? '' : grouped(byGrade[grade]))),
      ]),
    },
  }
}

function coverage({ coverage: own, notToBeSeen }: Attestation): Section {
  const tests = notToBeSeen.map(({ test, hosts: n }) => `${test} on ${counted(n, 'host')}`)
  return {
    title: 'What could have been seen, by number of hosts',
    lines: tests.length === 0 ? [] : [`Atomic tests that could not have been seen: ${tests.join(', ')}`],
    table: {
      head: ['what', 'seen', 'partial', 'absent', 'no log', 'unknown', 'first seen (UTC)'],
      rows: own.map(({ capability, seen, partial, absent, noChannel, unknown, since }) => [
        capabilities[capability],
        ...[seen, partial, absent, noChannel, unknown].map((n) => (n === 0 ? '' : grouped(n))),
        minute(since),
      ]),
    },
  }
}

function holes({ holes: own }: Attestation): Section {
  return {
    title: 'Holes',
    lines: [own.length === 0 ? 'none that a record or the rhythm of a host tells' : counted(own.length, 'hole')],
    table: tableOf(
      ['host', 'log', 'kind', 'from (UTC)', 'to (UTC)', 'of what'],
      own.map((one) => [
        hostName(one.host),
        one.telemetry ?? '',
        one.kind,
        one.from === null ? 'begin' : minute(one.from),
        one.to === null ? 'end' : minute(one.to),
        someOf(
          one.capabilities.map((id) => capabilities[id]),
          3,
        ),
      ]),
      most.holes,
    ),
  }
}

function validation({ validation: own }: Attestation): Section {
  if (own === null) {
    return { title: 'Validation', lines: ['no result of tests was given (--validate FILE)'], table: null }
  }
  const right = own.cases.filter(({ asExpected }) => asExpected).length
  return {
    title: 'Validation',
    lines: [
      `${grouped(right)} of ${counted(own.cases.length, 'case')} as expected; from ${own.file}, SHA-256 ${own.sha256}`,
    ],
    table: tableOf(
      ['case', 'host', 'outcome', 'as expected'],
      // what fell short is what is asked for
      own.cases
        .toSorted((a, b) => Number(a.asExpected) - Number(b.asExpected))
        .map(({ name, host, outcome, asExpected }) => [name, hostName(host), outcome, asExpected ? 'yes' : 'no']),
      most.cases,
    ),
  }
}

function ages({ findings: { asOf, total, byAge } }: Attestation): Section {
  return {
    title: 'Open findings by age',
    lines: [
      `${counted(total, 'finding')}; age is counted to the newest record${asOf === null ? '' : `, ${minute(asOf)} UTC`}`,
      'Every finding counts as open: nothing here says that one was dealt with.',
    ],
    table: {
      head: ['age', ...findingSeverities],
      rows: byAge
        .filter((row) => row.age !== 'unknown' || findingSeverities.some((severity) => row[severity] > 0))
        .map((row) => [
          row.age,
          ...findingSeverities.map((severity) => (row[severity] === 0 ? '' : grouped(row[severity]))),
        ]),
    },
  }
}

function findings({ findings: { list } }: Attestation): Section {
  return {
    title: 'Findings, the worst first',
    lines: [],
    table: tableOf(
      ['severity', 'verdict', 'host', 'task', 'when (UTC)', 'days', 'id'],
      list.map(({ severity, verdict, host, title, at, ageDays, id }) => [
        ...[severity, verdict, hostName(host), title, minute(at), ageDays === null ? '' : String(ageDays), id],
      ]),
      most.findings,
    ),
  }
}

function limits({ blindSpots }: Attestation): Section {
  return {
    title: 'What could not have been seen',
    lines: blindSpots.length === 0 ? ['nothing that is known of'] : [],
    table: tableOf(
      ['blind spot'],
      blindSpots.map((one) => [one]),
      most.blindSpots,
    ),
  }
}

function inputs({ inputs: own }: Attestation): Section {
  return {
    title: 'Inputs',
    lines: [],
    table: tableOf(
      ['name', 'bytes', 'SHA-256'],
      own.map(({ name, bytes, sha256 }) => [name, grouped(bytes), sha256 ?? 'could not be read']),
      most.inputs,
    ),
  }
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[], atMost: number): Section['table'] {
  if (rows.length === 0) return null
  const more = rows.length - atMost
  const rest = more > 0 ? [[`and ${grouped(more)} more, in the form .json`, ...head.slice(1).map(() => '')]] : []
  return { head, rows: [...rows.slice(0, atMost), ...rest] }
}

function someOf(names: readonly string[], atMost: number): string {
  const more = names.length - atMost
  return `${names.slice(0, atMost).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`
}

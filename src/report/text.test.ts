import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeClearedLog } from '../lab/made-chains.ts'
import type { Actor, Chain, Change, Run, TaskChain } from '../model/chain.ts'
import { type Action, emptyDefinition, type Principal, type TaskDefinition, type Trigger } from '../model/definition.ts'
import { type ScoredChain, type Severity, severities } from '../model/finding.ts'
import type { ScanResult } from './result.ts'
import { type TextOptions, textReport } from './text.ts'

const at = (seconds: number) => ({ time: Date.parse('2024-05-01T12:00:00Z') + seconds * 1000, ticks: 1234 })

/** A task that an intruder made, ran and deleted, with `text` in every field that the input fills. */
function told(
  text: string,
  process: Actor['process'] = { pid: 8, image: text, commandLine: text, ancestry: [] },
): TaskChain {
  const actor: Actor = { user: text, sid: null, logonId: text, process, remote: { address: text, host: text } }
  const definition = {
    ...emptyDefinition,
    registrationInfo: { ...emptyDefinition.registrationInfo, author: text, description: text },
    principals: [{ userId: text, groupId: null, runLevel: 'HighestAvailable' } as Principal],
    settings: { ...emptyDefinition.settings, hidden: true, enabled: false },
    triggers: [{ kind: 'logon' }, { kind: 'calendar' }, { kind: 'logon' }] as Trigger[],
    actions: [
      { kind: 'exec', command: text, arguments: text },
      { kind: 'com-handler', classId: text, data: text },
      { kind: 'send-email', to: text, server: text },
      { kind: 'show-message', title: text, body: text },
    ] as Action[],
  } satisfies TaskDefinition
  const change: Change = {
    ...at(0),
    kind: 'modified',
    outcome: 'attempted',
    target: null,
    connectAs: null,
    route: 'schtasks',
    actor: { ...actor, process: process && { ...process, ancestry: [process, process, process] } },
    confidence: 'strong',
    because: text,
    written: [],
    command: null,
    byOwnRun: false,
    before: definition,
    differences: [],
    changed: [text, text],
    laterChanges: [{ ...at(9), kind: 'deleted', actor }],
  }
  const file = {
    md5: null,
    sha1: null,
    sha256: text.slice(0, 64),
    importHash: null,
    signature: 'revoked' as const,
    signer: text.slice(0, 256),
  }
  const child = {
    image: text,
    commandLine: text,
    user: text,
    integrity: text,
    source: text,
    parentPid: 4,
    file,
    originalFileName: text,
    outside: { address: text, port: 443, host: text },
    ...at(5),
  }
  const run: Run = {
    ...at(5),
    instance: text,
    startedBy: 'user',
    requestedBy: actor,
    processes: [
      { ...child, pid: 4_294_967_292, depth: 0, tiedBy: 'run-request' },
      { ...child, pid: 4, depth: 30, tiedBy: 'parent' },
    ],
    result: -2_147_020_576,
    outcome: 'failed',
  }
  return {
    kind: 'chain',
    id: text,
    formerIds: [text],
    host: text,
    taskPath: text,
    partOf: text,
    definition,
    definitionHash: null,
    definitionProblem: text,
    statedAction: text,
    statedRunAs: text,
    payload: [
      { path: text, file },
      { path: text, file },
    ],
    change,
    runs: [run],
    runSummary: { count: Number.MAX_SAFE_INTEGER, first: at(5), last: at(8) },
    contradictions: [],
    circumstances: [{ ...at(-5), kind: 'environment-changed', what: text, actor }],
    blindSpots: [text],
    evidence: [{ ...at(0), source: 0, channel: text, eventId: 4698, recordId: 2 ** 52, alsoIn: [1] }],
    at: at(0),
  }
}

const weighed = <Kind extends Chain>(chain: Kind, severity: Severity = 'high', bits = 15): ScoredChain<Kind> => ({
  chain,
  verdict: 'outlier',
  score: { bits, severity, factors: [{ id: 'remote', bits: 5, says: chain.blindSpots[0] ?? 'It came from afar.' }] },
  baseline: null,
  settings: null,
})

const resultOf = (chains: readonly ScoredChain[], more: Partial<ScanResult> = {}): ScanResult => ({
  inputs: ['Security.evtx'],
  tally: {
    files: 1,
    skippedFiles: 0,
    skipped: [],
    bytes: 1_234_567,
    records: 1_234_567,
    facts: 3,
    hosts: ['ws5'],
    first: at(0),
    last: at(9),
  },
  chains,
  inventory: [],
  unmet: null,
  roles: new Map(),
  coverage: [],
  fleet: { inputs: [], first: null, last: null, hosts: [] },
  blindSpots: [],
  notes: [],
  problems: [],
  unlistedProblems: 0,
  ...more,
})

const textOf = (result: ScanResult, options: Partial<TextOptions> = {}) =>
  [...textReport(result, { all: false, ...options })].join('')
const escapeCharacter = String.fromCharCode(0x1b)
const withoutColor = (text: string) => text.replace(new RegExp(`${escapeCharacter}\\[[\\d;]*m`, 'g'), '')

/** Columns as a terminal counts them: East Asian characters and emoji take two, halfwidth forms one, marks none. */
const wide =
  /\p{Emoji_Presentation}|(?![\uff61-\uffdc])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u
const columnsOf = (line: string) =>
  Array.from(line.replace(/[\p{Mark}\u1160-\u11ff\ud7b0-\ud7ff]/gu, '')).reduce(
    (sum, c) => sum + (wide.test(c) ? 2 : 1),
    0,
  )

/** Several kinds of chain around the same text. */
function kindsOf(text: string): Chain[] {
  const whole = told(text)
  return [
    whole,
    { ...whole, definition: null },
    { ...whole, change: null, taskPath: null },
    { ...whole, change: null, definition: null, statedAction: null },
    {
      ...madeClearedLog({ log: text, host: text, blindSpots: [text] }),
      by: whole.change?.actor ?? null,
      evidence: whole.evidence,
    },
  ]
}

describe('hostile text', () => {
  const evil = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 250 }),
    fc.string({ unit: 'grapheme', maxLength: 250 }),
    fc.stringMatching(/^[計ア가🔥 ]{0,150}$/u),
    fc.constantFrom('\u001b[2J', '\u202e', '\u009b31m', 'a\r\nb', ' '.repeat(300), 'x'.repeat(5_000), ''),
  )

  test('of any text no line is wider than the terminal, and nothing steers it', () => {
    fc.assert(
      fc.property(evil, fc.boolean(), fc.constantFrom(60, 80, 100, 160), (text, color, width) => {
        const problems = [{ file: text, chunk: 3, offset: 99, code: 'bad', reason: text }]
        const result = resultOf(
          kindsOf(text).map((chain) => weighed(chain)),
          { inputs: [text], blindSpots: [text], problems, unlistedProblems: 1 },
        )
        const output = withoutColor(textOf(result, { all: true, color, width }))
        for (const line of output.split('\n')) {
          expect(columnsOf(line)).toBeLessThanOrEqual(width)
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('the input cannot begin a line of its own', () => {
    const output = textOf(resultOf([weighed(told('x\n CRITICAL  \\Forged on dc01'))]))
    expect(output).not.toMatch(/^ CRITICAL/m)
  })

  test('a command line of a megabyte is cut, and its length told', () => {
    const output = textOf(resultOf([weighed(told('x'.repeat(1_000_000)))]))
    expect(output.length).toBeLessThan(100_000)
    expect(output.replace(/\s+/g, ' ')).toContain('… (1,000,000 characters in all)')
  })

  test('a chain with thousands of everything is a page', () => {
    const whole = told('a')
    const [run] = whole.runs
    const many = <T>(item: T | undefined): T[] => Array(3_000).fill(item)
    const output = textOf(
      resultOf([
        weighed({
          ...whole,
          runs: many(run),
          circumstances: many(whole.circumstances[0]),
          evidence: many(whole.evidence[0]),
          change: whole.change && { ...whole.change, laterChanges: many(whole.change.laterChanges[0]) },
          definition: whole.definition && { ...whole.definition, actions: many(whole.definition.actions[0]) },
        }),
      ]),
    )
    expect(output.split('\n').length).toBeLessThan(70)
    expect(output.replace(/\s+/g, ' ')).toMatch(/left out here: [^;]* processes[^;]*; all of it: tasktrail explain/)
  })
})

describe('what is alike', () => {
  const times = 3_000
  /** The same change by the same user again and again: only what each record and process has of its own differs. */
  function again(i: number, more: Partial<TaskChain> = {}): ScoredChain<TaskChain> {
    const whole = told('a', { pid: i, image: 'C:\\a.exe', commandLine: 'a.exe /x', ancestry: [] })
    const change = whole.change && {
      ...whole.change,
      ...at(i),
      because: `The log names process ${i}.`,
      laterChanges: [],
    }
    const runs = whole.runs.map((run) => ({ ...run, ...at(i), instance: `{${i}}` }))
    const evidence = whole.evidence.map((one) => ({ ...one, ...at(i), recordId: i }))
    return weighed({ ...whole, id: `id${i}`, at: at(i), change, runs, evidence, ...more })
  }
  const flood = Array.from({ length: times }, (_, i) => again(i))

  test('is told once, with how often, when, and the first ids', () => {
    const output = textOf(resultOf(flood)).replace(/\s+/g, ' ')
    expect(output.length).toBeLessThan(5_000)
    expect(output).toContain(
      'and 2,999 more alike, 2024-05-01 12:00:01.0001234Z to 2024-05-01 12:49:59.0001234Z (ids: id1, id2, id3, …)',
    )
    expect(output).toContain('findings: 3,000 high; of these 2,999 alike, told with another')
    expect(output).toContain('changes: 3,000 modified')
  })

  test('is told as one without another', () => {
    expect(textOf(resultOf(flood.slice(0, 1)))).not.toContain('alike')
    expect(textOf(resultOf(flood.slice(0, 2)))).toContain('and 1 more alike, 2024-05-01 12:00:01.0001234Z (id: id1)')
  })

  test('is nothing that differs in what was done, by whom, or in what is said of it', () => {
    const [one] = flood as [ScoredChain<TaskChain>]
    const { change, definition, runs } = one.chain
    const others: Partial<TaskChain>[] = [
      { taskPath: 'b' },
      { definition: definition && { ...definition, triggers: [] } },
      { change: change && { ...change, kind: 'created' } },
      { change: change && { ...change, route: 'com' } },
      { change: change && { ...change, actor: { ...change.actor, user: 'b' } } },
      { change: change && { ...change, actor: { ...change.actor, remote: { address: '192.0.2.1', host: null } } } },
      { runs: [] },
      { runs: runs.map((run) => ({ ...run, processes: run.processes.map((p) => ({ ...p, commandLine: 'b' })) })) },
      { blindSpots: ['b'] },
      { contradictions: [{ id: 'no-file', says: 'b' }] },
    ]
    const told = [...flood.slice(0, 5), ...others.map((more, i) => again(10 + i, more))]
    const stories = textOf(resultOf([...told, weighed(one.chain, 'low'), weighed(again(99).chain, 'medium')]))
    expect(stories.match(/^ (?:HIGH|MEDIUM|LOW) /gm)).toHaveLength(1 + others.length + 2)
    expect(stories).toContain('and 4 more alike')
  })

  test('tells the bits where they are not the same', () => {
    const chains = [again(1), again(2)].map(({ chain }, i) => weighed(chain, 'high', 15 - i))
    expect(textOf(resultOf(chains)).replace(/\s+/g, ' ')).toContain('Z, down to 14.0 bits (id: id2)')
  })
})

test('records of which none is of use are no clean bill', () => {
  const { tally } = resultOf([])
  expect(textOf(resultOf([], { tally: { ...tally, facts: 0 } }))).toContain(
    'findings: none, for no record is of a kind that is used\n',
  )
})

test('what happened a thousand times stands with its number in its line', () => {
  const whole = told('a')
  const repeated = { count: 1_100, last: at(60) }
  const circumstances = whole.circumstances.map((one) => ({ ...one, kind: 'log-cleared' as const, repeated }))
  const output = textOf(resultOf([weighed({ ...whole, circumstances })])).replace(/\s+/g, ' ')
  expect(output).toContain('log cleared: a by a with a (8) from a, 1,100 times up to 2024-05-01 12:01:00.0001234Z')
})

describe('a title', () => {
  const headlines = (taskPath: string) =>
    /^ HIGH [\s\S]*?(?=\n {2}\S)/m.exec(textOf(resultOf([weighed({ ...told('a'), taskPath })])))?.[0].split('\n') ?? []

  test('of two lines is whole', () => {
    const path = `\\${'a'.repeat(120)}`
    expect(
      headlines(path)
        .map((line) => line.trim())
        .join(''),
    ).toContain(path)
  })

  test('that is longer is one line, with its length', () => {
    const [line, ...more] = headlines(`\\${'a'.repeat(428)}`)
    expect(more).toEqual([])
    expect(line).toMatch(/^ HIGH {2}\\a{50,}… \(429 characters\) on a$/)
    expect(line?.length).toBeLessThanOrEqual(100)
  })
})

describe('colour', () => {
  test('there is none unless it is asked for', () => {
    expect(textOf(resultOf([weighed(told('a'))]))).not.toContain('\u001b')
  })

  test('it changes nothing but colour', () => {
    const result = resultOf(severities.map((severity) => weighed(told('a'), severity)))
    const painted = textOf(result, { all: true, color: true })
    expect(painted).toContain('\u001b[')
    expect(withoutColor(painted)).toBe(textOf(result, { all: true }))
  })
})

describe('order', () => {
  const called = (taskPath: string): TaskChain => ({ ...told('a'), taskPath })
  const chains = [
    weighed(called('low-4'), 'low', 4),
    weighed(called('critical-21'), 'critical', 21),
    weighed(called('informational-1'), 'informational', 1),
    weighed(called('critical-30'), 'critical', 30),
    weighed(called('medium-9'), 'medium', 9),
  ]
  const titles = (text: string) => [...text.matchAll(/^ [A-Z]+ {2}(\S+) on /gm)].map((m) => m[1])

  test('findings come by severity, then by bits', () => {
    expect(titles(textOf(resultOf(chains)))).toEqual(['critical-30', 'critical-21', 'medium-9', 'low-4'])
  })

  test('--all ends with what is informational', () => {
    expect(titles(textOf(resultOf(chains), { all: true })).at(-1)).toBe('informational-1')
  })

  test('findings of equal weight keep the order of the result', () => {
    const equal = ['b', 'a', 'c'].map((name) => weighed(called(name)))
    expect(titles(textOf(resultOf(equal)))).toEqual(['b', 'a', 'c'])
  })

  test('the same result gives the same bytes, and stays as it was', () => {
    const result = resultOf(chains)
    const before = structuredClone(result)
    expect(textOf(result)).toBe(textOf(result))
    expect(result).toEqual(before)
  })

  test('a story goes in the order of time', () => {
    const output = textOf(resultOf([weighed(told('a'))]))
    const steps = ['environment changed', 'modified (attempted)', 'ran by hand', 'deleted by']
    const places = steps.map((step) => output.indexOf(step))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })
})

describe('what a responder reads', () => {
  const process = (pid: number, image: string, commandLine: string, depth: number) => ({
    ...at(2),
    pid,
    parentPid: null,
    image,
    commandLine,
    user: depth === 0 ? 'S-1-5-18' : null,
    integrity: null,
    file: null,
    originalFileName: null,
    outside: null,
    depth,
    tiedBy: depth === 0 ? ('pid' as const) : ('parent' as const),
    source: '4688',
  })
  const bob: Actor = { user: 'CORP\\bob', sid: null, logonId: null, process: null, remote: null }
  const chain: TaskChain = {
    ...told(''),
    payload: [],
    id: '56e2640cb4c734ac',
    host: 'fs01.corp.example',
    taskPath: '\\bouWFQYO',
    partOf: null,
    formerIds: [],
    definition: {
      ...emptyDefinition,
      principals: [{ userId: 'S-1-5-18', groupId: null, runLevel: 'LeastPrivilege' } as Principal],
      triggers: [{ kind: 'calendar', enabled: true } as Trigger],
      actions: [{ kind: 'exec', command: 'cmd.exe', arguments: '/C whoami' } as Action],
    },
    definitionHash: null,
    definitionProblem: null,
    change: {
      ...at(0),
      kind: 'created',
      outcome: 'confirmed',
      target: null,
      connectAs: null,
      route: 'remote-rpc',
      actor: { ...bob, remote: { address: '192.0.2.45', host: null } },
      confidence: 'certain',
      because: 'Its logon came from 192.0.2.45.',
      written: [],
      command: null,
      byOwnRun: false,
      before: null,
      differences: [],
      changed: [],
      laterChanges: [{ ...at(3), kind: 'deleted', actor: bob }],
    },
    runs: [
      {
        ...at(2),
        instance: null,
        startedBy: 'time',
        requestedBy: null,
        processes: [
          process(976, 'C:\\Windows\\System32\\cmd.exe', 'cmd.exe /C whoami', 0),
          process(5188, 'C:\\Windows\\System32\\whoami.exe', 'whoami  ', 1),
        ],
        result: 0,
        outcome: 'completed',
      },
    ],
    runSummary: { count: 1, first: at(2), last: at(2) },
    contradictions: [],
    circumstances: [],
    blindSpots: ['No TaskScheduler/Operational events.'],
    evidence: [
      { ...at(0), source: 0, channel: 'Security', eventId: 4698, recordId: 11, alsoIn: [1] },
      { ...at(2), source: 0, channel: 'Security', eventId: 4688, recordId: 12, alsoIn: [] },
    ],
  }
  const scored: ScoredChain = {
    chain: { ...chain, statedAction: null },
    verdict: 'outlier',
    score: {
      bits: 17,
      severity: 'high',
      factors: [
        { id: 'remote', bits: 5, says: 'The change was made from another host (192.0.2.45).' },
        { id: 'installer', bits: -3, says: 'An installer made the change (msiexec.exe).' },
      ],
    },
    baseline: null,
    settings: null,
  }

  test('who made what, from where, what it ran, why that matters, and where the proof lies', () => {
    expect(textOf(resultOf([scored]))).toBe(`\
findings: 1 high

SEVERITY  HOST                      TASK                                            WHEN (UTC)
ID        WHO                       WHAT RAN
HIGH      fs01                      \\bouWFQYO                                       2024-05-01 12:00
56e2640c  CORP\\bob from 192.0.2.45  cmd.exe /C whoami → whoami.exe

told one by one below; all about one: tasktrail explain 56e2640c PATH

 HIGH  \\bouWFQYO on fs01.corp.example
  17.0 bits, what ran is out of the ordinary, id 56e2640cb4c734ac
  2024-05-01 12:00:00.0001234Z  created through remote-rpc by CORP\\bob from 192.0.2.45
      attribution certain: Its logon came from 192.0.2.45.
  to run  cmd.exe /C whoami
          as SYSTEM (S-1-5-18), on a schedule
  2024-05-01 12:00:02.0001234Z  ran on its schedule, result 0x0
      cmd.exe (976) as SYSTEM (S-1-5-18), named in the scheduler's log
        $ cmd.exe /C whoami
        whoami.exe (5188)
          $ whoami
  2024-05-01 12:00:03.0001234Z  deleted by CORP\\bob
  why
     +5.0  The change was made from another host (192.0.2.45).
     -3.0  An installer made the change (msiexec.exe).
  could not be seen
    - No TaskScheduler/Operational events.
  evidence
    Security.evtx · Security
      4698 #11 (in 2 files), 4688 #12

1 file read (1.2 MB), 1,234,567 records, 1 host, 2024-05-01 12:00:00.0001234Z to 2024-05-01
  12:00:09.0001234Z
3 facts about tasks, processes and logons; changes: 1 created; 1 run
everything in the files could be read
findings: 1 high; the table is at the top, alone with --table
`)
  })

  test('a task that nobody was seen making says so', () => {
    expect(textOf(resultOf([{ ...scored, chain: { ...chain, change: null } }]))).toContain(
      '\n  its creation is not in the input\n',
    )
  })

  test('a cleared log has no verdict on a run', () => {
    const output = textOf(resultOf([{ ...scored, chain: { ...madeClearedLog({ log: 'Security' }), by: bob } }]))
    expect(output).toContain(' HIGH  log Security cleared on ')
    expect(output).not.toContain(', what ran')
  })

  test('a process of no known task gives its chain a name', () => {
    expect(textOf(resultOf([{ ...scored, chain: { ...chain, change: null, taskPath: null } }]))).toContain(
      'unknown task: cmd.exe /C whoami on fs01.corp.example',
    )
  })

  test('a deletion that belongs to another story names it', () => {
    expect(textOf(resultOf([{ ...scored, chain: { ...chain, partOf: 'fedcba' } }]))).toContain(
      'belongs to the story of id fedcba',
    )
  })

  test('runs beyond those that are told are counted', () => {
    const summed = { ...chain, runSummary: { count: 129_600, first: at(2), last: at(900) } }
    expect(textOf(resultOf([{ ...scored, chain: summed }]))).toContain(
      '129,600 runs in all, 2024-05-01 12:00:02.0001234Z to 2024-05-01 12:15:00.0001234Z',
    )
  })

  test('what no record says is left out: a host, a process id', () => {
    const change = chain.change as NonNullable<TaskChain['change']>
    const process = { pid: 0, image: 'C:\\Windows\\System32\\schtasks.exe', commandLine: null, ancestry: [] }
    const nameless = { ...chain, host: '', change: { ...change, actor: { ...change.actor, process } } }
    const text = textOf(resultOf([{ ...scored, chain: nameless }]))
    expect(text).toContain(' on a host without a name\n')
    expect(text).toMatch(/with schtasks\.exe(?! \(0\))/)
  })

  test('a chain without factors says that nothing stands out', () => {
    const plain = { ...scored, score: { bits: 0, severity: 'informational', factors: [] } } as const
    expect(textOf(resultOf([plain]), { all: true })).toContain('nothing about it stands out')
  })
})

describe('many findings', () => {
  const many = Array.from({ length: 40 }, (_, i) => weighed({ ...told('a'), taskPath: `\\t${i}`, id: `${1000 + i}` }))
  const stories = (text: string) => text.match(/^ HIGH {2}/gm)?.length

  test('so many are told as people read, and how to see the others', () => {
    const text = textOf(resultOf(many))
    expect(stories(text)).toBe(30)
    expect(text).toContain('10 more: --limit 40; told one by one below; all about one: tasktrail explain 1000 PATH')
    expect(stories(textOf(resultOf(many), { limit: null }))).toBe(40)
    expect(stories(textOf(resultOf(many), { limit: 2 }))).toBe(2)
  })

  test('the table is there alone where it is asked for', () => {
    const text = textOf(resultOf(many), { table: true })
    expect(text.match(/^HIGH /gm)).toHaveLength(30)
    expect(stories(text)).toBeUndefined()
    expect(text).toContain('everything in the files could be read')
  })

  test('what is not severe enough is counted', () => {
    const text = textOf(resultOf([weighed(told('a'), 'low')]), { minSeverity: 'high' })
    expect(text).toContain('findings: 1 low (not shown)')
    expect(stories(text)).toBeUndefined()
  })

  test('of the same on other hosts one is told, and the hosts', () => {
    const fleet = Array.from({ length: 300 }, (_, i) => weighed({ ...told('a'), host: `ws${100 + i}` }))
    const text = textOf(resultOf(fleet)).replace(/\s+/g, ' ')
    expect(text).toContain('and 299 more alike')
    expect(text).toContain('on 299 other hosts: ws101, ws102,')
  })
})

describe('the summary', () => {
  test('silence never means clean: what could not be read is counted and named', () => {
    const problem = { file: 'a.evtx', chunk: 2, offset: 0x21000, code: 'bad-checksum', reason: 'the checksum is wrong' }
    const output = textOf(resultOf([], { problems: Array(25).fill(problem), unlistedProblems: 1_000 }))
    expect(output).toContain('1,025 pieces could not be read:')
    expect(output.match(/^ {2}a\.evtx: chunk 2 at 0x21000: the checksum is wrong$/gm)).toHaveLength(20)
    expect(output).toContain('… and 1,005 more')
    expect(output).not.toContain('everything in the files could be read')
  })

  test('problems that are only counted are problems too', () => {
    expect(textOf(resultOf([], { unlistedProblems: 1 }))).toContain('1 piece could not be read:')
  })

  test('no finding is said to be none, and what is not shown is counted', () => {
    expect(textOf(resultOf([]))).toContain('findings: none\n')
    const quiet = resultOf([weighed(told('a'), 'informational')])
    expect(textOf(quiet)).toContain('findings: none; 1 informational not shown (--all)\n')
    expect(textOf(quiet, { all: true })).toContain('findings: none; 1 informational\n')
  })

  test('files that were left alone and blind spots are named', () => {
    const skipped = [
      { ending: 'dll', count: 2 },
      { ending: '', count: 1 },
    ]
    const result = resultOf([], { blindSpots: ['no process creation: ws5'] })
    const output = textOf({ ...result, tally: { ...result.tally, skippedFiles: 3, skipped } })
    expect(output).toContain('3 files of a kind that is not known, left alone: 2 .dll, 1 without an ending')
    expect(output).not.toContain('everything')
    expect(output).toContain('blind spot: no process creation: ws5')
  })
})

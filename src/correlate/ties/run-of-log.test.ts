import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker } from '../../lab/made-facts.ts'
import type { Fact, ProcessStarted } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

// Windows 7 to 8.1 and their servers: 100 and 200 name a run and its program, and no log names its process.

const { began, acted, started, registered } = factMaker()

const consolidator = '\\Microsoft\\Windows\\Customer Experience Improvement Program\\Consolidator'
const system32 = 'C:\\Windows\\System32'

/** The engine in which tasks ran up to Windows 7, and what 4688 there does not say. */
const engine = started(0, {
  pid: 70,
  parentPid: 900,
  image: `${system32}\\taskeng.exe`,
  commandLine: 'taskeng.exe {1B2C} S-1-5-18:NT AUTHORITY\\System:Service:',
})
const ofEngine = (ms: number, pid: number, image: string, commandLine: string | null = null): ProcessStarted =>
  started(ms, { pid, parentPid: 70, image, commandLine })
/** A child of the svchost that Schedule shares with others, whose id the scheduler's events carry. */
const ofService = (ms: number, pid: number, image: string, commandLine: string | null = null): ProcessStarted =>
  started(ms, { pid, parentPid: 900, image, commandLine })

/** For each task, `unknown` where it is not known, the processes of its runs as `pid how`. */
function runs(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts.sort((a, b) => a.time - b.time)) machine.add(fact)
  return machine
    .chains()
    .flatMap(({ taskPath, runs }) =>
      runs.map(({ processes }) => [taskPath ?? 'unknown', ...processes.map((p) => `${p.pid} ${p.tiedBy}`)]),
    )
    .sort()
}

describe('the process that the engine starts in the moment of a run is the run', () => {
  test('whether its record comes before the scheduler’s word or after it', () => {
    const word = (ms: number) => [began(ms, '\\Agent'), acted(ms + 1, '\\Agent', 'C:\\Program Files\\V\\agent.exe')]
    const process = (ms: number) => ofEngine(ms, 80, 'C:\\Program Files\\V\\agent.exe', 'agent.exe /poll')
    expect(runs(engine, ...word(1000), process(1040))).toEqual([['\\Agent', '80 run-log']])
    expect(runs(engine, process(1000), ...word(1040))).toEqual([['\\Agent', '80 run-log']])
    expect(runs(engine, began(1000, '\\Agent'), process(1010), word(1020)[1] as Fact)).toEqual([
      ['\\Agent', '80 run-log'],
    ])
  })

  test('for a job of at.exe and for one of Windows’ own tasks alike, with command lines or without', () => {
    for (const line of ['unknown', 'cmd.exe /c C:\\t\\x.bat']) {
      const at = [
        ofEngine(1000, 80, `${system32}\\cmd.exe`, line),
        began(1010, '\\At1'),
        acted(1011, '\\At1', 'cmd.exe'),
      ]
      expect(runs(engine, ...at)).toEqual([['\\At1', '80 run-log']])
    }
    const own = [began(2000, consolidator), acted(2001, consolidator, `%SystemRoot%\\System32\\wsqmcons.exe`)]
    expect(runs(engine, ofEngine(1990, 90, `${system32}\\wsqmcons.exe`), ...own)).toEqual([
      [consolidator, '90 run-log'],
    ])
  })

  test('by what Windows’ task of this path runs, where only the begin of the run was logged', () => {
    const process = ofEngine(1010, 90, `${system32}\\wsqmcons.exe`)
    expect(runs(engine, began(1000, consolidator), process)).toEqual([[consolidator, '90 run-log']])
    expect(runs(engine, began(1000, '\\Consolidator'), process)).toEqual([
      ['\\Consolidator'],
      ['unknown', '90 lineage'],
    ])
  })

  test('by the task’s own definition, although another task with this program was changed later', () => {
    const facts = [
      registered(10, '\\A', { definition: definitionOf('cmd.exe', '/c a.bat') }),
      registered(20, '\\B', { definition: definitionOf('cmd.exe', '/c b.bat') }),
      began(1000, '\\A'),
    ]
    expect(runs(engine, ...facts, ofEngine(1010, 80, `${system32}\\cmd.exe`))).toEqual([['\\A', '80 run-log']])
  })

  test('with all that it had started before the word on it came', () => {
    const [parent, child] = [
      ofService(1000, 80, 'C:\\a.exe'),
      started(1005, { pid: 81, parentPid: 80, image: 'C:\\b.exe' }),
    ]
    const word = [began(1020, '\\A'), acted(1021, '\\A', 'C:\\a.exe')]
    expect(runs(began(10, '\\Z'), parent, child, ...word)).toEqual([['\\A', '80 run-log', '81 parent'], ['\\Z']])
  })
})

describe('so is a child of the svchost that the service shares', () => {
  const word = [began(1000, '\\A'), acted(1001, '\\A', '"C:\\tools\\job.exe"')]

  test('with the program that the scheduler’s log names', () => {
    expect(runs(...word, ofService(1010, 80, 'C:\\tools\\job.exe'))).toEqual([['\\A', '80 run-log']])
    expect(runs(ofService(990, 80, 'C:\\tools\\job.exe', 'job.exe /q'), began(900, '\\Z'), ...word)).toEqual([
      ['\\A', '80 run-log'],
      ['\\Z'],
    ])
  })

  test('a script in the program that opens it', () => {
    const script = (action: string) => [began(1000, '\\S'), acted(1001, '\\S', action)]
    const cmd = ofService(1010, 80, `${system32}\\cmd.exe`, `${system32}\\cmd.exe /c "C:\\t\\nightly.bat"`)
    expect(runs(...script('C:\\t\\nightly.bat'), cmd)).toEqual([['\\S', '80 run-log']])
    const host = ofService(1010, 80, `${system32}\\wscript.exe`)
    expect(runs(...script('C:\\t\\a.vbs'), host)).toEqual([['\\S', '80 run-log']])
    expect(runs(...script('C:\\t\\b.bat'), cmd)).toEqual([['\\S']])
  })
})

test('a child whose record comes before anything shows which process the scheduler is', () => {
  const word = [began(1000, '\\A'), acted(1001, '\\A', 'C:\\a.exe')]
  const elsewhere = started(985, { pid: 79, parentPid: 4444, image: 'C:\\a.exe' })
  expect(runs(elsewhere, ofService(990, 80, 'C:\\a.exe'), ...word)).toEqual([['\\A', '80 run-log']])
})

describe('nothing is tied', () => {
  test('to a run of another program, to one that is long begun, or to one whose process is known', () => {
    const word = [began(1000, '\\A'), acted(1001, '\\A', 'C:\\a.exe')]
    expect(runs(engine, ...word, ofEngine(1010, 80, 'C:\\b.exe'))).toEqual([['\\A'], ['unknown', '80 lineage']])
    expect(runs(engine, ...word, ofEngine(9000, 80, 'C:\\a.exe'))).toEqual([['\\A'], ['unknown', '80 lineage']])
    expect(runs(engine, ...word, ofEngine(1010, 80, 'C:\\a.exe'), ofEngine(1020, 81, 'C:\\a.exe'))).toEqual([
      ['\\A', '80 run-log'],
      ['unknown', '81 lineage'],
    ])
  })

  test('to the run of a COM handler, which has no process of its own', () => {
    const word = [began(1000, '\\C'), acted(1001, '\\C', 'Language Components Installer')]
    expect(runs(engine, ...word, ofEngine(1010, 80, 'C:\\a.exe'))).toEqual([['\\C'], ['unknown', '80 lineage']])
  })

  test('that the scheduler did not start', () => {
    const word = [began(1000, '\\A'), acted(1001, '\\A', 'C:\\a.exe')]
    expect(runs(...word, started(1010, { pid: 80, parentPid: 4444, image: 'C:\\a.exe' }))).toEqual([['\\A']])
  })
})

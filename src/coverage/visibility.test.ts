import { describe, expect, test } from 'vitest'
import { madeChain } from '../lab/made-chains.ts'
import type { Change, TaskChain } from '../model/chain.ts'
import type { Fact } from '../model/fact.ts'
import { FleetCoverage, HostCoverage } from './visibility.ts'

const noon = Date.parse('2024-05-01T12:00:00Z')
const minute = 60_000

const processStarted = (time: number, commandLine: string | null = 'a.exe') =>
  ({ kind: 'process-started', time, commandLine }) as Fact
const audited = (time: number) => ({ kind: 'task-registered', time, by: '4698' }) as Fact
const schedulerSays = (time: number) => ({ kind: 'task-run-started', time }) as Fact
const loggedOn = (time: number) => ({ kind: 'logged-on', time }) as Fact

function seeing(...facts: Fact[]): HostCoverage {
  const coverage = new HostCoverage()
  for (const fact of facts) coverage.note(fact)
  return coverage
}

/** A task created at noon. */
const task = (more: Partial<TaskChain> = {}, change: Partial<Change> = {}): TaskChain => ({
  ...madeChain({ at: { time: noon }, change: { kind: 'created', route: 'schtasks', ...change } }),
  ...more,
})

/** Everything, from an hour before the change to two hours after it. */
const everything = [-60, 120].flatMap((after) => {
  const time = noon + after * minute
  return [processStarted(time), audited(time), schedulerSays(time), loggedOn(time)]
})

describe('what a host’s telemetry shows', () => {
  test('facts in any order span from the first to the last', () => {
    const coverage = seeing(schedulerSays(noon), schedulerSays(noon - minute), schedulerSays(noon + minute))
    expect(coverage.span('scheduler-log')).toEqual({ first: noon - minute, last: noon + minute })
    expect(coverage.span('logons')).toBeUndefined()
  })

  test('an event of the audit log and one of the scheduler’s own log are told apart by what they are, though both may have lost the service’s process id', () => {
    const bySecurity = seeing({ kind: 'task-updated', time: noon, by: '4702', servicePid: null } as Fact)
    const byScheduler = seeing({ kind: 'task-updated', time: noon, by: '140', servicePid: null } as Fact)
    expect(bySecurity.missing()).not.toContain('task-audit')
    expect(bySecurity.missing()).toContain('scheduler-log')
    expect(byScheduler.missing()).toContain('task-audit')
    expect(byScheduler.missing()).not.toContain('scheduler-log')
  })

  test('command lines are missed only where there are processes to miss them of', () => {
    expect(seeing(processStarted(noon, null)).missing()).toContain('command-lines')
    expect(seeing().missing()).not.toContain('command-lines')
    expect(seeing(processStarted(noon, null), processStarted(noon, 'a.exe')).missing()).not.toContain('command-lines')
  })

  test('a host with all of them misses nothing', () => {
    expect(seeing(...everything).missing()).toEqual([])
  })

  test('other facts show no capability', () => {
    expect(seeing({ kind: 'pipe-used', time: noon } as Fact).missing()).toHaveLength(4)
  })
})

describe('what could have been seen of a chain', () => {
  test('a task that did not run in full view has no blind spot', () => {
    expect(seeing(...everything).of(task())).toEqual({ runs: true, blindSpots: [] })
  })

  test('without anything later than the change no run could have been seen', () => {
    const { runs, blindSpots } = seeing(processStarted(noon - minute), audited(noon)).of(task())
    expect(runs).toBe(false)
    expect(blindSpots).toContain('Nothing in the input is later than the change and could show a run.')
  })

  test('either processes or the scheduler’s log can show a run', () => {
    expect(seeing(processStarted(noon + 120 * minute)).of(task()).runs).toBe(true)
    expect(seeing(schedulerSays(noon + 120 * minute)).of(task()).runs).toBe(true)
    expect(seeing(audited(noon + 120 * minute), loggedOn(noon + 120 * minute)).of(task()).runs).toBe(false)
  })

  test.each([
    [2_000, 'The input ends 2 s after the change: a later run is not in it.'],
    [5, 'The input ends 5 ms after the change: a later run is not in it.'],
    [10 * minute, 'The input ends 10 min after the change: a later run is not in it.'],
  ])('an input that ends %d ms after the change may lack the run', (after, sentence) => {
    const coverage = seeing(...everything.filter((f) => f.time < noon), processStarted(noon + after))
    expect(coverage.of(task()).blindSpots).toEqual([sentence])
  })

  test('what the input’s end may hide is not said of a task that ran', () => {
    const coverage = seeing(...everything.filter((f) => f.time < noon), processStarted(noon + minute))
    expect(coverage.of(task({ runs: [{} as TaskChain['runs'][number]] })).blindSpots).toEqual([])
  })

  test.each(['deleted', 'disabled', 'enabled'] as const)('nobody waits for a run of a task that was %s', (kind) => {
    const coverage = seeing(...everything.filter((f) => f.time < noon))
    expect(coverage.of(task({}, { kind })).blindSpots).toEqual([])
  })

  test('each kind of missing telemetry is named with what it would have shown', () => {
    expect(seeing().of(task()).blindSpots).toEqual([
      'No process creation events: the processes of a run and what they started cannot be seen.',
      'No TaskScheduler/Operational events: a run can only be recognised by its process.',
      'Nothing in the input is later than the change and could show a run.',
      'No Security 4698–4702 events: the caller’s session and the task’s definition are not known from them.',
    ])
  })

  test('processes without command lines are said to be so', () => {
    const coverage = seeing(processStarted(noon + 120 * minute, null), schedulerSays(noon), audited(noon))
    expect(coverage.of(task()).blindSpots).toEqual(['The process events carry no command lines.'])
  })

  test('a remote change whose address no logon names is not traced', () => {
    const spot = 'No logon event names the address that the change came from.'
    const coverage = seeing(...everything)
    const from = (address: string | null) => ({ actor: { remote: { address, host: null } } }) as Partial<Change>
    expect(coverage.of(task({}, { route: 'remote-rpc' })).blindSpots).toEqual([spot])
    expect(coverage.of(task({}, { route: 'remote-rpc', ...from(null) })).blindSpots).toEqual([spot])
    expect(coverage.of(task({}, { route: 'remote-rpc', ...from('192.0.2.4') })).blindSpots).toEqual([])
  })

  test('a task that ran without a known change says so; a process of no known task has none to miss', () => {
    const coverage = seeing(...everything)
    expect(coverage.of(task({ change: null })).blindSpots).toEqual([
      'No record shows the creation or a change of this task.',
    ])
    expect(coverage.of(task({ change: null, taskPath: null })).blindSpots).toEqual([])
  })

  test('what the chain itself could not see comes first', () => {
    const blindSpots = ['The log was cleared.']
    expect(seeing(...everything).of(task({ blindSpots, change: null })).blindSpots[0]).toBe('The log was cleared.')
  })
})

describe('what could be seen of the fleet', () => {
  const whole = seeing(...everything)
  const blind = seeing(...everything.filter((f) => f.kind === 'logged-on'))

  test('hosts that lack the same are named together, and those that lack nothing not at all', () => {
    const fleet = new FleetCoverage()
    fleet.see('dc01', whole)
    fleet.see('ws1', blind)
    fleet.see('ws2', blind)
    fleet.see('ws3', seeing(...everything.filter((f) => f.kind !== 'logged-on')))
    expect(fleet.sentences()).toEqual([
      'no Security 4698–4702, no TaskScheduler/Operational, no process creation: ws1, ws2',
      'no logons (4624): ws3',
    ])
  })

  test('of many hosts five are named and the rest counted', () => {
    const fleet = new FleetCoverage()
    for (let i = 1; i <= 8; i++) fleet.see(`ws${i}`, blind)
    expect(fleet.sentences()[0]).toMatch(/: ws1, ws2, ws3, ws4, ws5 and 3 more hosts$/)
  })

  test('one host more than are named is one host', () => {
    const fleet = new FleetCoverage()
    for (let i = 1; i <= 6; i++) fleet.see(`ws${i}`, blind)
    expect(fleet.sentences()[0]).toMatch(/ws5 and 1 more host$/)
  })

  test('a fleet in full view has nothing to say', () => {
    expect(new FleetCoverage().sentences()).toEqual([])
  })
})

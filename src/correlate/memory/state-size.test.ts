import { describe, expect, test } from 'vitest'
import { changedByAnn, definitionOf, factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { TaskCommand } from '../../model/command.ts'
import type { Fact, FactKind } from '../../model/fact.ts'
import { taskPath } from '../../model/task-path.ts'
import { HostMachine } from '../host-machine.ts'

// However the input words it, what a host's machine remembers is some times as large as what it was told, not more.

const { head, ...made } = factMaker()

/** The worst that a field can hold: what a command line has place for, as deep as it goes, and of every fact another. */
const long = (i: number): string => `${'\\a'.repeat(4_000)}\\${i}`
const taskOf = (i: number): string => taskPath(`\\T${i}${long(i)}`)

const process = (i: number) => ({ pid: 8 + 4 * i, guid: `{${long(i)}}`, image: `C:${long(i)}.exe`, user: long(i) })
const identity = (i: number) => ({
  ...{ md5: long(i).slice(-32), sha1: long(i).slice(-40), sha256: long(i).slice(-64), importHash: long(i).slice(-32) },
  ...{ signature: 'valid' as const, signer: long(i).slice(-256) },
})
const run = (i: number) => ({ task: taskOf(i), servicePid: 900, instance: `{${long(i)}}` })
const changed = (i: number) => ({
  ...changedByAnn,
  ...{
    task: taskOf(i),
    definition: definitionOf(long(i), long(i)),
    user: long(i),
    logonId: long(i),
    clientPid: 8 + 4 * i,
  },
})
const asks = (i: number): TaskCommand => ({
  ...{ tool: 'schtasks', verb: 'create', task: taskOf(i), target: null, action: long(i), runAs: long(i) },
  ...{ schedule: null, xmlFile: null, highest: false, connectAs: null, definition: null },
})

/** The compiler says which kind of fact is missing here. */
const worst: { readonly [K in FactKind]: (i: number) => Fact } = {
  'process-started': (i) =>
    made.started(i, {
      ...process(i),
      ...{
        parentPid: 4 + 4 * i,
        commandLine: long(i),
        parentCommandLine: long(i),
        logonId: long(i),
        command: asks(i),
        file: identity(i),
      },
    }),
  'process-ended': (i) => ({ ...head(i), kind: 'process-ended', exitCode: null, ...process(i) }),
  'task-registered': (i) => made.registered(i, taskOf(i), changed(i)),
  'task-updated': (i) => ({ ...head(i), kind: 'task-updated', by: '4702', ...changed(i) }),
  'task-deleted': (i) => ({ ...head(i), kind: 'task-deleted', by: '4699', ...changed(i) }),
  'task-enabled': (i) => ({ ...head(i), kind: 'task-enabled', by: '4700', ...changed(i) }),
  'task-disabled': (i) => ({ ...head(i), kind: 'task-disabled', by: '4701', ...changed(i) }),
  'task-process-created': (i) => made.launched(i, taskOf(i), 8 + 4 * i, long(i)),
  'task-triggered': (i) => ({ ...head(i), kind: 'task-triggered', ...run(i), cause: 'time', user: long(i) }),
  'task-run-started': (i) => ({ ...head(i), kind: 'task-run-started', ...run(i), user: long(i) }),
  'task-action-started': (i) => ({
    ...head(i),
    ...{ kind: 'task-action-started', ...run(i), action: long(i), enginePid: 8 + 4 * i },
  }),
  'task-action-completed': (i) => ({
    ...head(i),
    ...{ kind: 'task-action-completed', ...run(i), action: long(i), outcome: 'completed', result: 0, enginePid: null },
  }),
  'task-run-ended': (i) => ({ ...head(i), kind: 'task-run-ended', ...run(i), outcome: 'completed', result: 0 }),
  'logged-on': (i) => ({
    ...head(i),
    ...{ kind: 'logged-on', logonType: 3, logonId: long(i), linkedLogonId: null, user: long(i), userSid: long(i) },
    ...{ address: long(i), port: 1, workstation: long(i) },
  }),
  'share-accessed': (i) => ({
    ...head(i),
    ...{ kind: 'share-accessed', logonId: long(i), user: long(i), userSid: null, address: long(i), share: long(i) },
    target: 'atsvc',
  }),
  'log-cleared': (i) => ({
    ...head(i),
    ...{ kind: 'log-cleared', log: long(i), user: long(i), userSid: null, logonId: null },
  }),
  'module-loaded': (i) => ({ ...head(i), kind: 'module-loaded', ...process(i), module: long(i), file: identity(i) }),
  'file-created': (i) => ({
    ...head(i),
    kind: 'file-created',
    ...process(i),
    path: long(i),
    file: null,
    task: taskOf(i),
  }),
  'file-identified': (i) => ({ ...head(i), kind: 'file-identified', path: long(i), file: identity(i) }),
  'file-time-changed': (i) => ({
    ...head(i),
    ...{ kind: 'file-time-changed', ...process(i), path: long(i), created: long(i), previouslyCreated: long(i) },
  }),
  'registry-changed': (i) => ({
    ...head(i),
    ...{ kind: 'registry-changed', ...process(i), action: 'set-value', target: long(i), area: 'tree', task: taskOf(i) },
    ...{ value: 'sd', details: long(i) },
  }),
  'pipe-used': (i) => ({
    ...head(i),
    ...{ kind: 'pipe-used', ...process(i), image: 'System', action: 'connected', pipe: long(i) },
  }),
  'network-connected': (i) => ({
    ...head(i),
    ...{ kind: 'network-connected', ...process(i), initiated: true, sourceAddress: long(i), sourcePort: 1 },
    ...{ destinationAddress: long(i), destinationPort: 135, destinationHost: long(i) },
  }),
  'policy-applied': (i) => ({ ...head(i), kind: 'policy-applied', phase: 'begun', pid: i, userSid: long(i) }),
  'telemetry-switched': (i) => ({
    ...head(i),
    kind: 'telemetry-switched',
    log: long(i),
    subcategory: long(i),
    turns: 'off',
    user: long(i),
  }),
  'clock-changed': (i) => ({ ...head(i), kind: 'clock-changed', from: i, to: 0, user: long(i) }),
  'script-ran': (i) => ({
    ...head(i),
    ...{ kind: 'script-ran', by: '4104', pid: i, userSid: long(i), scriptBlockId: long(i), part: 0, parts: 1 },
    ...{ text: long(i), file: null, command: asks(i), moreCommands: null, made: null },
  }),
}

/** What a record takes in a log besides its texts, in bytes. */
const record = 500

const facts = 75

describe.each(Object.entries(worst))('of %s', (kind, fact) => {
  const asRuns = kind === 'process-started' ? ['as runs of the scheduler'] : []
  test.each(['each of another task', 'of one task', ...asRuns])('the state stays small: %s', (how) => {
    const machine = new HostMachine('ws1')
    let told = 0
    for (let i = 0; i < facts; i++) {
      const one = { ...fact(i), ...(how === 'of one task' ? { task: '\\T' } : {}) } as Fact
      const two =
        how === 'as runs of the scheduler' && one.kind === 'process-started' ? { ...one, ...underScheduler } : one
      told += JSON.stringify(two).length + record
      machine.add(two)
    }
    expect(JSON.stringify(machine.snapshot()).length).toBeLessThan(10 * told)
    expect(machine.chains().length).toBeLessThanOrEqual(2 * facts)
  })
})

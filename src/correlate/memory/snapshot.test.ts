import { describe, expect, test } from 'vitest'
import { newChange } from '../changes/change-draft.ts'
import { FactEvidence } from '../fact-evidence.ts'
import { HostMachine } from '../host-machine.ts'
import { newRun } from '../runs/run-draft.ts'
import { newTask } from '../tasks/task-state.ts'
import { newHostMemory } from './host-memory.ts'
import { memoryOf, recordsIn, snapshotOf } from './snapshot.ts'

const at = { time: 1_700_000_000_000, ticks: 12 }
const record = { ...at, host: 'ws1', source: 3, channel: 'Security', eventId: 4698, recordId: 77, position: 9 }

function restored(memory: ReturnType<typeof newHostMemory>) {
  const read = memoryOf(JSON.parse(JSON.stringify(snapshotOf(memory))))
  if (read.kind === 'problem') throw new Error(read.reason)
  return read.memory
}

describe('a snapshot', () => {
  test('keeps what several places share as one thing', () => {
    const memory = newHostMemory('ws1')
    const task = newTask('\\A', at)
    const run = newRun(at, '\\A')
    task.eras[0]?.runs.push(run)
    memory.tasks.set('\\a', task)
    memory.requested.push(task)
    memory.launches.set(5, { task, run, at })
    const again = restored(memory)
    expect(again.requested[0]).toBe(again.tasks.get('\\a'))
    expect(again.launches.get(5)?.run).toBe(again.tasks.get('\\a')?.eras[0]?.runs[0])
    expect(again.launches.get(5)?.run.members).toEqual([])
  })

  test('keeps the evidence without the fact behind it', () => {
    const memory = newHostMemory('ws1')
    const evidence = new FactEvidence(record, [4], false)
    memory.loose.push(newChange({ kind: 'created', witness: 'command', by: 'command', at, evidence }))
    const { position: _, host: __, ...shown } = record
    expect(restored(memory).loose[0]?.evidence).toEqual([{ ...shown, alsoIn: [4] }])
  })

  test('says which records it can still name', () => {
    const memory = newHostMemory('ws1')
    expect([...recordsIn(snapshotOf(memory))]).toEqual([])
    const evidence = new FactEvidence(record, [], false)
    memory.loose.push(newChange({ kind: 'created', witness: 'command', by: 'command', at, evidence }))
    const { channel, eventId, recordId } = record
    expect([...recordsIn(JSON.parse(JSON.stringify(snapshotOf(memory))))]).toEqual([
      { ...at, channel, eventId, recordId },
    ])
  })

  test('of a lineage without end is made and read without a stack', () => {
    interface Link {
      next: Link | null
    }
    let link: Link = { next: null }
    for (let i = 0; i < 100_000; i++) link = { next: link }
    const memory = { ...newHostMemory('ws1'), link }
    expect(Object.keys(restored(memory))).toContain('link')
  })

  test('of another version, of another host or with holes is refused with a reason', () => {
    const snapshot = snapshotOf(newHostMemory('ws1'))
    const reason = (changed: object) => {
      const read = HostMachine.restore({ ...snapshot, ...changed })
      return read.kind === 'problem' ? read.reason : 'read'
    }
    expect(reason({})).toBe('read')
    expect(reason({ version: 0 })).toMatch(/^the state has version 0, this program reads version \d+$/)
    expect(reason({ host: 'ws2' })).toBe('the state is not that of its host')
    expect(reason({ texts: [] })).toMatch(/^\d+ values of the state point to nothing$/)
    expect(reason({ objects: snapshot.objects.slice(0, 2) })).toMatch(/point to nothing$/)
    expect(reason({ objects: [] })).toBe('the state is not that of its host')
    expect(reason({ shapes: [['__proto__']] })).toBe('the state has a field that no state has')
    expect(reason({ shapes: [['host']] })).toBe('the state’s object 0 does not have its fields')
  })

  test('has the form that its version stands for: whoever changes what is remembered raises the version', () => {
    const evidence = new FactEvidence(record, [], false)
    const memory = newHostMemory('ws1')
    memory.tasks.set('\\a', newTask('\\A', at))
    memory.loose.push(newChange({ kind: 'created', witness: 'command', by: 'command', at, evidence }))
    memory.strays.push(newRun(at))
    const { version, shapes } = snapshotOf(memory)
    expect({ version, shapes: shapes.map((names) => names.join(' ')) }).toMatchInlineSnapshot(`
      {
        "shapes": [
          "host processes sessions service launches tasks gone acts folders cutNames cutTexts crowdedOut tasksGivenUp requested loose looseOf strays strayPrograms unlistedStrays awaited children clearedLogs environment classes timestamps files libraries pipeUses clock policies made taskClients",
          "byPid byGuid latest ended endedFrom givenUp",
          "byLogonId givenUp recentNetwork shareAccesses",
          "pid suspect manager",
          "items leftOut",
          "path eras definition definedAt actions acted request firstSeen lastSeen past",
          "kind said kindWitness witness at first seenBy evidence definition definitionProblem statedAction before files clues isOnOtherHost",
          "task start instance startedBy requestedBy members unlisted result outcome ended evidence",
          "time ticks",
          "created lastRun lastResult isAudited auditedUpdates",
          "change runs judged laterChanges releasedChanges runCount firstRun lastRun signatures programs unlistedRuns",
          "witness kind at",
          "time ticks source channel eventId recordId alsoIn",
        ],
        "version": 12,
      }
    `)
  })
})

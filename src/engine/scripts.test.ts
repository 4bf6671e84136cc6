import { expect, test } from 'vitest'
import type { Fact, ScriptRan } from '../model/fact.ts'
import { addScripts, joinInUnit, noScripts, ScriptsInOrder } from './scripts.ts'

const texts = ['Register-Sched', "uledTask -TaskName 'Upd", "ater' -Action $a"]
const parts = texts.map(
  (text, i): ScriptRan => ({
    kind: 'script-ran',
    by: '4104',
    host: 'ws5',
    time: 1_700_000_000_000 + i,
    ticks: 0,
    source: 0,
    channel: 'Microsoft-Windows-PowerShell/Operational',
    eventId: 4104,
    recordId: i + 1,
    position: i,
    pid: 4000,
    userSid: null,
    scriptBlockId: '{a}',
    part: i + 1,
    parts: texts.length,
    text,
    file: null,
    command: null,
    moreCommands: null,
    made: null,
  }),
)

/** What comes out of the ordered stream when these units have been read, each by a worker of its own. */
function read(...units: readonly (readonly ScriptRan[])[]): Fact[] {
  const seen = noScripts()
  const facts: Fact[] = []
  for (const unit of units) {
    const own = noScripts()
    const joiner = joinInUnit(own, (fact) => facts.push(fact))
    for (const part of unit) joiner.add(part)
    joiner.end()
    addScripts(seen, own)
  }
  const stream = new ScriptsInOrder(seen)
  return facts.sort((a, b) => a.recordId - b.recordId).flatMap((fact) => stream.next(fact) ?? [])
}

const [one, two, three] = parts as [ScriptRan, ScriptRan, ScriptRan]
const whole = {
  part: 0,
  parts: 3,
  text: texts.join(''),
  recordId: 3,
  command: { verb: 'create', task: '\\Updater' },
}

test('a script says the same whether its parts lie in one unit or in several', () => {
  expect(read(parts)).toMatchObject([whole])
  expect(read([one], [two, three])).toMatchObject([whole])
  expect(read([three], [one], [two])).toMatchObject([whole])
})

test('parts that are there twice, whole in one file and torn in another, are one script', () => {
  expect(read(parts, [{ ...two, source: 1 }])).toMatchObject([whole])
  expect(
    read(
      [one, two],
      [
        { ...two, source: 1 },
        { ...three, source: 1 },
      ],
    ),
  ).toMatchObject([whole])
})

test('of a script that is not all there each part speaks for itself, and says nothing of tasks it does not name', () => {
  const torn = { ...two, text: "Register-ScheduledTask -TaskName 'Half'" }
  expect(read([one, torn])).toMatchObject([{ part: 2, command: { task: '\\Half' } }])
  expect(read([one, three])).toEqual([])
})

test('a whole script that does not speak of tasks is nothing to us', () => {
  expect(read(parts.map((part) => ({ ...part, text: 'Get-ChildItem' })))).toEqual([])
})

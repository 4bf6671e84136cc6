import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { Agenda } from './agenda.ts'
import { later, moment } from './clock.ts'
import { Host } from './host.ts'

const boot = moment('2026-03-09T06:00:00Z')

function agenda(): { host: Host; agenda: Agenda } {
  const host = new Host(
    {
      name: 'WS1.example.test',
      domain: 'EXAMPLE',
      address: '192.0.2.1',
      utcOffsetHours: 0,
      boot: { time: '2026-03-09T06:00:00Z', count: 1 },
      channels: new Map(),
    },
    new Random(1),
  )
  return { host, agenda: new Agenda(host) }
}

test('what is planned happens in the order of time, and of one moment in the order of planning', () => {
  const { host, agenda: plans } = agenda()
  const done: string[] = []
  plans.plan(later(boot, 2000), () => done.push('second'))
  plans.plan(later(boot, 1000), () => done.push('first'))
  plans.plan(later(boot, 2000), () => done.push('third'))
  plans.plan(later(boot, 5000), () => done.push('too late'))
  plans.runUntil(later(boot, 5000))
  expect(done).toEqual(['first', 'second', 'third'])
  expect(host.now).toEqual(later(boot, 2000))
})

test('an act may plan the next, and one that takes long delays the others instead of turning time back', () => {
  const { host, agenda: plans } = agenda()
  const times: number[] = []
  plans.plan(later(boot, 1000), () => {
    host.wait(3000)
    plans.plan(later(host.now, 500), () => times.push(host.now.time))
  })
  plans.plan(later(boot, 2000), () => times.push(host.now.time))
  plans.runUntil(later(boot, 60_000))
  expect(times).toEqual([boot.time + 4000, boot.time + 4500])
})

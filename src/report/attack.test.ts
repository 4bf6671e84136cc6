import { expect, test } from 'vitest'
import { attack } from '../model/attack.ts'
import { attackFormats } from './attack.ts'

const text = [...attackFormats.text(null)].join('').replaceAll(/\s+/g, ' ')

test('the analytic is told with its version, release, strategy and log sources, and each mutable element with what it is set to', () => {
  expect(text).toMatch(/AN0258 version 1\.0, of ATT&CK Enterprise 19\.1/)
  for (const { name, channel } of attack.logSources) expect(text).toContain(`${name} ${channel}`)
  for (const { field, setTo } of attack.mutableElements) expect(text).toMatch(new RegExp(`${field} [^:]+: ${setTo}`))
})

test('whoever gets a copy gets ATT&CK’s copyright designation and licence with it', () => {
  expect(text).toContain(attack.notice)
  expect(text).toContain(attack.license)
  expect(JSON.parse([...attackFormats.json(null)].join(''))).toMatchObject({
    notice: attack.notice,
    license: attack.license,
  })
})

test('an element that the settings set is told as it is set, the others as they are without', () => {
  const settings = {
    id: 'x',
    taskAuthor: { creators: ['a', 'b'], authors: null, bits: 2 },
    commandLineRegex: [],
    executionWindow: { days: 30, hours: { from: 420, to: 1140, weekdays: [1, 2], offset: 0 }, bits: 2 },
  }
  const told = [...attackFormats.text(settings)].join('').replaceAll(/\s+/g, ' ')
  expect(told).toContain('weighed; 2 expected creators, 2 bits for others.')
  expect(told).toContain(': 30 days, 07:00-19:00 on 2 days of the week, 2 bits at other times.')
  expect(told).toContain(
    'CommandLineRegex (Suspicious binaries or script usage tied to scheduled tasks.): weighed. What the task',
  )
})

import { expect, test } from 'vitest'
import { attack } from '../model/attack.ts'
import { attackFormats } from './attack.ts'

const text = [...attackFormats.text()].join('').replaceAll(/\s+/g, ' ')

test('the analytic is told with its version, release, strategy and log sources, and each mutable element with what it is set to', () => {
  expect(text).toMatch(/AN0258 version 1\.0, of ATT&CK Enterprise 19\.1/)
  for (const { name, channel } of attack.logSources) expect(text).toContain(`${name} ${channel}`)
  for (const { field, setTo } of attack.mutableElements) expect(text).toMatch(new RegExp(`${field} [^:]+: ${setTo}`))
})

test('whoever gets a copy gets ATT&CK’s copyright designation and licence with it', () => {
  expect(text).toContain(attack.notice)
  expect(text).toContain(attack.license)
  expect(JSON.parse([...attackFormats.json()].join(''))).toMatchObject({
    notice: attack.notice,
    license: attack.license,
  })
})

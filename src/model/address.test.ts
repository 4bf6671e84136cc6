import { expect, test } from 'vitest'
import { isOutside } from './address.ts'

test.each(['203.0.113.7', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:db8::1'])(
  '%s is of another network',
  (text) => {
    expect(isOutside(text)).toBe(true)
  },
)

test.each([
  ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '169.254.1.1', '100.64.0.1', '198.18.0.1', '224.0.0.251'],
  ...['255.255.255.255', '0.0.0.0', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::fb', '', 'host.example.test', 'fe80'],
])('%s is not', (text) => {
  expect(isOutside(text)).toBe(false)
})

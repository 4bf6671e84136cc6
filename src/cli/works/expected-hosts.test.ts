import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { csvTable } from '../csv-table.ts'
import { readExpectedHosts } from './expected-hosts.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-hosts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function hostsOf(text: string) {
  const path = join(folder, 'hosts.csv')
  writeFileSync(path, text)
  return readExpectedHosts(path)
}

describe('a list of the hosts that there should be', () => {
  test('has a name, and a role and an owner where it says them', () => {
    expect(hostsOf('name,role,owner\nWS1.example.test,workstation,it\nDC1,,\n')).toEqual([
      { name: 'ws1.example.test', role: 'workstation', owner: 'it' },
      { name: 'dc1', role: null, owner: null },
    ])
  })

  test('may be an export of a directory, with semicolons, quotes and accounts of machines', () => {
    const text = '#TYPE Selected.ADComputer\r\n"Name";"OperatingSystem"\r\n"WS1$";"Windows ""11"""\r\n'
    expect(hostsOf(`\ufeff${text}`)).toEqual([{ name: 'ws1', role: 'Windows "11"', owner: null }])
  })

  test('names each host once', () => {
    expect(hostsOf('host\nws1\nWS1\n')).toHaveLength(1)
  })

  test('without a column of names, or without hosts, is refused', () => {
    expect(() => hostsOf('')).toThrow('is empty')
    expect(() => hostsOf('a,b\n1,2\n')).toThrow('no column of its header')
    expect(() => hostsOf('name\n\n')).toThrow('no host stands below')
  })
})

test('a value in quotes may hold the mark, line ends and quotes', () => {
  expect(csvTable('a,b\n"1,2","x\n""y"""\n')).toEqual([
    ['a', 'b'],
    ['1,2', 'x\n"y"'],
  ])
})

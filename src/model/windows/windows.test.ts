import { expect, test } from 'vitest'
import { canonicalArguments, canonicalPath } from '../canonical/path-text.ts'
import { isServiceAccount, isSystem, nameOfSid, sidOfAccount, sidOfSession } from './accounts.ts'
import { comparablePath, isInProgramFiles, isInWindows } from './location.ts'
import { isLoopback, isNameOfItself, isThisHost } from './this-host.ts'

test('a variable or a short name means the same to whoever compares paths', () => {
  const program = 'C:\\Program Files\\Common Files\\v\\a.exe'
  for (const written of ['%CommonProgramW6432%\\v\\a.exe', 'C:\\PROGRA~1\\Common Files\\v\\a.exe', program]) {
    expect(canonicalPath(written), written).toBe(canonicalPath(program))
    expect(comparablePath(written), written).toBe(comparablePath(program))
    expect(isInProgramFiles(comparablePath(written)), written).toBe(true)
  }
  expect(canonicalArguments('/x C:\\Progra~3\\v\\a.txt')).toBe(canonicalArguments('/x %ProgramData%\\v\\a.txt'))
  expect(comparablePath('%HOMEDRIVE%%HOMEPATH%\\a.exe')).toBe(comparablePath('%userprofile%\\a.exe'))
  expect(isInWindows(comparablePath('%windir%\\System32\\a.exe'))).toBe(true)
})

test.each([
  'S-1-5-18',
  'SYSTEM',
  'NT AUTHORITY\\SYSTEM',
  'NT-AUTORITÄT\\SYSTEM',
  'AUTORITE NT\\Système',
  'AUTORIDADE NT\\SISTEMA',
  'ZARZĄDZANIE NT\\SYSTEM',
  'NT INSTANS\\SYSTEM',
  'LocalSystem',
])('%s is SYSTEM', (account) => {
  expect(isSystem(account)).toBe(true)
  expect(isServiceAccount(account)).toBe(true)
})

test('service accounts by their name in other languages, and nobody else', () => {
  expect(sidOfAccount('NT-AUTORITÄT\\Lokaler Dienst')).toBe('S-1-5-19')
  expect(sidOfAccount('NT AUTHORITY\\SERVIZIO DI RETE')).toBe('S-1-5-20')
  expect(isServiceAccount('NT AUTHORITY\\ANONYMOUS LOGON')).toBe(false)
  expect(isSystem('EXAMPLE\\system')).toBe(false)
  expect(sidOfAccount('S-1-5-21-1-2-3-1001')).toBeUndefined()
  expect(sidOfSession('0x3e5')).toBe('S-1-5-19')
  expect(nameOfSid('s-1-5-20')).toBe('NETWORK SERVICE')
})

test.each([
  'localhost',
  '.',
  '127.0.0.1',
  '127.8.8.8',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
  '\\\\.',
  '%COMPUTERNAME%',
  '-',
])('%s is the host itself', (name) => {
  expect(isNameOfItself(name)).toBe(true)
  expect(isThisHost(name, 'ws5.example.test')).toBe(true)
})

test('another host is none, whatever its name begins with', () => {
  expect(isLoopback('127.0.0.1.example.test')).toBe(false)
  expect(isNameOfItself('localhost.example.test')).toBe(false)
  expect(isThisHost('\\\\WS5', 'ws5.example.test')).toBe(true)
  expect(isThisHost('ws6', 'ws5.example.test')).toBe(false)
  expect(isThisHost('198.51.100.7', 'ws5')).toBe(false)
})

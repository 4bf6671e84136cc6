import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { program } from '../run-cli.ts'

/** The packages and Node's modules that a file of the program imports before it does anything, by itself or through others. */
function importedBy(file: string): Set<string> {
  const imported = new Set<string>()
  const files = [file]
  const met = new Set(files)
  for (const one of files)
    for (const [, name = ''] of readFileSync(one, 'utf8').matchAll(
      /^(?:import|export)\b(?:[^'"]*\bfrom)?\s*["']([^"']+)["']/gm,
    )) {
      const path = join(dirname(one), name)
      if (!name.startsWith('.')) imported.add(name)
      else if (!met.has(path)) {
        met.add(path)
        files.push(path)
      }
    }
  return imported
}

test.each(['main.js', 'command-thread.js'])('%s loads nothing of the service before it is wanted', (name) => {
  const imported = importedBy(join(dirname(program), name))
  expect([...imported]).toContain('node:worker_threads')
  const services = ['fastify', '@fastify/cookie', 'protobufjs', 'prom-client', 'node:sqlite', 'node:http', 'node:https']
  expect(
    services.filter((one) => imported.has(one) || [...imported].some((other) => other.startsWith(`${one}/`))),
  ).toEqual([])
})

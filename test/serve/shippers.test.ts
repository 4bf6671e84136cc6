import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { nxlogWriter } from '../../src/lab/carriers/nxlog.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { type DoorServer, doorServer } from './door-server.ts'

// Programs that others wrote, as they are installed, send to the doors. Those of npm have tests of their own.

const python = process.env.TASKTRAIL_TEST_SHIPPERS
const rsyslog = '/usr/sbin/rsyslogd'
const hasRsyslog =
  existsSync(rsyslog) &&
  existsSync('/usr/lib/x86_64-linux-gnu/rsyslog/omelasticsearch.so') &&
  process.platform === 'linux'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-shippers-'))
const events = demoIncident()
  .files.flatMap((file) => file.events)
  .slice(0, 60)

let server: DoorServer
beforeAll(async () => {
  server = await doorServer()
})
afterAll(async () => {
  await server.app.close()
  rmSync(folder, { recursive: true })
})

function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      output += part
    })
  const [code] = await once(child, 'close')
  expect([code, output]).toEqual([0, output])
  return output
}

const recordsMet = () => server.met().reduce((sum, { read }) => sum + read.records, 0)

describe.skipIf(python === undefined)('clients for Python (without TASKTRAIL_TEST_SHIPPERS they are not there)', () => {
  const script = (name: string) => join(import.meta.dirname, 'shippers', name)
  const documents = events.map((event) => winlogbeat8Writer.line(event))

  test("the bulk helper of Elasticsearch's", async () => {
    const { id, text } = server.token()
    const key = Buffer.from(`${id}:${text}`).toString('base64')
    const path = fileOf('elastic.jsonl', documents)
    const told = JSON.parse(
      await run(python as string, [script('send_elastic.py'), `${server.url}/elastic`, key, path]),
    )
    expect(told).toEqual({ version: '9.2.0', taken: documents.length, errors: [] })
    expect(recordsMet()).toBe(documents.length)
  })

  test("a logging handler for Splunk's collector", async () => {
    const path = fileOf('splunk.jsonl', documents.slice(0, 10))
    await run(python as string, [script('send_splunk.py'), new URL(server.url).port, server.token().text, path])
    expect(recordsMet()).toBe(10)
  })
})

test.skipIf(!hasRsyslog)("rsyslog's omelasticsearch (where it is not installed it is not tried)", async () => {
  const lines = events.map((event) => nxlogWriter.line(event))
  const path = fileOf('nxlog.log', lines)
  const configuration = join(folder, 'rsyslog.conf')
  writeFileSync(
    configuration,
    `global(workDirectory="${folder}" maxMessageSize="256k")
module(load="imfile")
module(load="omelasticsearch")
input(type="imfile" file="${path}" tag="nxlog" ruleset="windows")
template(name="as-it-is" type="list") { property(name="msg") }
ruleset(name="windows") {
  action(type="omelasticsearch" server="${server.url}/elastic" searchIndex="windows" searchType="" bulkmode="on"
         template="as-it-is" uid="rsyslog" pwd="${server.token().text}" errorFile="${join(folder, 'errors')}"
         action.resumeRetryCount="-1")
}
`,
  )
  const child = spawn(rsyslog, ['-n', '-f', configuration, '-i', join(folder, 'pid')], { stdio: 'ignore' })
  try {
    let records = recordsMet()
    while (records < lines.length) {
      await once(server.posts, 'met')
      records += recordsMet()
    }
    expect(records).toBe(lines.length)
    expect(existsSync(join(folder, 'errors'))).toBe(false)
  } finally {
    child.kill()
    await once(child, 'close')
  }
})

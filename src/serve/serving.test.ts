import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, expect, test } from 'vitest'
import { newToken } from './access/index.ts'
import { type Serving, type ServingWanted, startServing } from './serving.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-serving-'))
const running: Serving[] = []
let folders = 0

async function started(wanted: Partial<ServingWanted> = {}): Promise<Serving> {
  const serving = await startServing({
    ...{ host: '127.0.0.1', port: 0, data: join(root, `data-${folders++}`), adminTokenFile: null },
    ...{ certificate: null, isBehindProxy: false, publicNames: [], version: '0.0.0', say: () => {} },
    ...{ weighing: { choice: 'none', baselineId: 'none', settings: null }, retentionDays: 1 },
    readers: 0,
    ...wanted,
  })
  running.push(serving)
  return serving
}

const statusOf = async ({ url }: Serving, token: string) =>
  (await fetch(`${url}/session`, { headers: { authorization: `Bearer ${token}` } })).status

afterEach(async () => {
  for (const serving of running.splice(0)) await serving.stop()
})
afterAll(() => rmSync(root, { recursive: true }))

test('the first start makes a token and shows it, later ones do not', async () => {
  const data = join(root, 'first')
  const first = await started({ data })
  if (first.token.kind !== 'made') throw new Error(first.token.kind)
  expect(await statusOf(first, first.token.text)).toBe(200)
  expect(await statusOf(first, newToken().text)).toBe(401)
  expect(statSync(data).mode & 0o777).toBe(0o700)
  await first.stop()
  const second = await started({ data })
  expect(second.token).toEqual({ kind: 'there' })
  expect(await statusOf(second, first.token.text)).toBe(200)
})

test('a file for the token is readable for its owner alone, and one that has a token gives it', async () => {
  const file = join(root, 'token')
  expect((await started({ adminTokenFile: file })).token).toEqual({ kind: 'in-file', file })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const text = readFileSync(file, 'utf8').trim()
  expect(await statusOf(await started({ adminTokenFile: file }), text)).toBe(200)
  writeFileSync(file, 'something else')
  await expect(started({ adminTokenFile: file })).rejects.toThrow(`${file} is there already, and is no token`)
})

test('what keeps it from starting is said, and what was opened before is let go', async () => {
  const data = join(root, 'refused')
  const { url } = await started()
  const port = Number(new URL(url).port)
  await expect(started({ data, port })).rejects.toThrow(`127.0.0.1:${port} is in use by another program`)
  await expect(started({ data, host: '0.0.0.0' })).rejects.toThrow('takes TLS')
  await started({ data })
  await expect(started({ data })).rejects.toThrow('another tasktrail serve runs on it')
  const file = join(root, 'a-file')
  writeFileSync(file, '')
  await expect(started({ data: file })).rejects.toThrow(`${file} cannot be used: not a directory`)
  await expect(started({ data: root })).rejects.toThrow('has other things in it')
  await expect(started({ watched: [join(root, 'nowhere')] })).rejects.toThrow('cannot be watched: no such file')
  await expect(started({ watched: [file] })).rejects.toThrow('a-file is no folder')
  await expect(started({ watched: [root] })).rejects.toThrow("holds the service's own folder")
})

test('a store of a newer version is refused with a clear word', async () => {
  const data = join(root, 'newer')
  await (await started({ data })).stop()
  const database = new DatabaseSync(join(data, 'tasktrail.db'))
  database.exec('pragma user_version = 99')
  database.close()
  await expect(started({ data })).rejects.toThrow('written by a newer one')
})

test('a connection that waits for nothing does not hold up the end', async () => {
  const serving = await started()
  expect(await statusOf(serving, '')).toBe(401) // fetch keeps the connection
  await serving.stop()
  await expect(fetch(`${serving.url}/healthz`)).rejects.toThrow()
})

const files = { cert: join(root, 'cert.pem'), key: join(root, 'key.pem') }
const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
const made = spawnSync('openssl', [...kind, ...subject, '-keyout', files.key, '-out', files.cert])

test.skipIf(made.status !== 0)('with a certificate it speaks TLS and nothing else', async () => {
  const { url, stop } = await started({ certificate: files })
  expect(url).toMatch(/^https:/)
  const answer = await new Promise((resolve, reject) => {
    get(`${url}/healthz`, { ca: readFileSync(files.cert), agent: false }, ({ statusCode }) => resolve(statusCode)).on(
      'error',
      reject,
    )
  })
  expect(answer).toBe(200)
  await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow()
  await stop()
  await expect(started({ certificate: { cert: files.key, key: files.key } })).rejects.toThrow(
    'are no certificate and its key',
  )
  await expect(started({ certificate: { cert: join(root, 'none'), key: files.key } })).rejects.toThrow('cannot be read')
})

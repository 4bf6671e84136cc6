import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import type { PageData, PageFinding } from '../../src/report/page/data.ts'
import { tasktrail } from '../run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-scan-html-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What lies in an element of a page. */
function dataOf(html: string, id: string): unknown {
  const [, type, text = ''] =
    new RegExp(`<script type="application/(json|gzip)" id="${id}">([^<]*)</script>`).exec(html) ?? []
  return JSON.parse(type === 'gzip' ? gunzipSync(Buffer.from(text, 'base64')).toString('utf8') : text)
}

test('scan --html writes a page with the findings, their records and the hosts that are not there', () => {
  const [page, hosts] = [join(folder, 'page.html'), join(folder, 'hosts.csv')]
  writeDemo(join(folder, 'demo'))
  writeFileSync(hosts, 'name,role\nfs01,server\nsrv99,server\n')
  const { code, stderr } = tasktrail('scan', '--html', page, '--hosts', hosts, join(folder, 'demo'))
  expect([code, stderr]).toEqual([0, expect.stringContaining(`The page is in ${page}`)])
  const html = readFileSync(page, 'utf8')
  const data = dataOf(html, 'data') as PageData
  expect(data.index.severities).toEqual([4, 3])
  expect(data.coverage.silent).toEqual({ count: 1, hosts: ['srv99'] })
  const findings = dataOf(html, 'block-0') as PageFinding[]
  expect(findings.map(({ task }) => task.path)).toEqual(['\\kQzWvTyb', '\\Microsoft\\Windows\\Printing\\SpoolerSync'])
  expect(findings[0]?.records).toHaveLength(findings[0]?.evidence.length ?? 0)
  expect(findings[0]?.records).toContainEqual(expect.objectContaining({ eventId: 4698, recordId: 2004835 }))
})

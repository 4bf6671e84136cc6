import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { htmlPage, type PageOptions } from '../report/page/page.ts'
import type { ScanResult } from '../report/result.ts'
import type { ReportOptions } from '../report/shown.ts'
import { writeReport } from './output.ts'
import type { Reserved } from './outputs.ts'
import { version } from './version.ts'

/** Where the page without data is: beside the folder of the chunk that this is in, or, for the sources, where the build put it. */
const templates = ['../page.html', '../../dist/page.html'].map((place) => new URL(place, import.meta.url))

/** Writes a result as one page that opens in a browser without a network. */
export function writePage(
  out: Reserved,
  result: ScanResult,
  options: ReportOptions & Pick<PageOptions, 'recordOf'>,
): void {
  const template = templates.find((place) => existsSync(place))
  if (!template) throw new Error('the page was not built: npm run build')
  writeReport(
    out,
    htmlPage(result, {
      ...options,
      version,
      template: readFileSync(template, 'utf8'),
      pack: (text) => gzipSync(text).toString('base64'),
    }),
  )
}

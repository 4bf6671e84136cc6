import { createHash } from 'node:crypto'
import { clean } from '../clean.ts'
import type { Attestation } from './attestation.ts'
import { type Section, sectionsOf } from './sections.ts'

const style = `
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8886; overflow-wrap: anywhere; padding: 0.2rem 0.6rem 0.2rem 0; text-align: left; vertical-align: top; }
@media print { body { font-size: 10px; margin: 0; max-width: none; } tr { break-inside: avoid; } }
`

/** Nothing is loaded, run or sent; the one style is named by its hash. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** One page that opens without a network and runs nothing. */
export function* attestHtml(attestation: Attestation): Iterable<string> {
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  yield `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`
  yield '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
  yield `<title>Scheduled tasks: attestation</title>\n<style>${style}</style>\n</head>\n<body>\n<main>\n`
  yield '<h1>Scheduled tasks: what was looked at, what could have been seen, what was found</h1>\n'
  for (const section of sectionsOf(attestation)) yield* sectionHtml(section)
  yield '</main>\n</body>\n</html>\n'
}

function* sectionHtml({ title, lines, table }: Section): Iterable<string> {
  yield `<section>\n<h2>${escaped(title)}</h2>\n`
  for (const line of lines) yield `<p>${escaped(line)}</p>\n`
  if (table !== null) {
    yield `<table>\n<thead><tr>${table.head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead>\n<tbody>\n`
    for (const row of table.rows) yield `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>\n`
    yield '</tbody>\n</table>\n'
  }
  yield '</section>\n'
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => clean(text).replace(/[&<>"']/g, (c) => entities[c] as string)

import { hash } from 'node:crypto'
import { attack } from '../../model/attack.ts'
import type { Probe, ProbeField, ProbeMatch } from './probe.ts'
import { escaped, hex, isPlain } from './written.ts'

const modifiers: Record<ProbeMatch, string> = {
  is: '',
  contains: '|contains',
  begins: '|startswith',
  ends: '|endswith',
}

/** Fields of Sigma's taxonomy. Source: https://sigmahq.io/docs/basics/log-sources.html */
const fields: Record<ProbeField, string> = {
  task: 'TaskName',
  content: 'TaskContent',
  'command-line': 'CommandLine',
  image: 'Image',
  md5: 'Hashes',
  sha1: 'Hashes',
  sha256: 'Hashes',
  user: 'SubjectUserName',
  address: 'IpAddress',
}

const logSources: Record<Probe['event'], string> = {
  task: 'service: security',
  process: 'category: process_creation',
  logon: 'service: security',
}

const eventIds: Record<Probe['event'], string | null> = { task: '[4698, 4702]', process: null, logon: '4624' }

/** A probe as a rule of its own; the rules stand in one stream of YAML documents. */
export function sigmaRule({ title, event, breadth, asks }: Probe, id: string): string {
  const isHash = /^(?:md5|sha)/.test(asks.field)
  const values = asks.values.map((value) => sigmaValue(isHash ? `${asks.field.toUpperCase()}=${value}` : value))
  const ids = eventIds[event]
  return [
    `title: Finding ${id}, ${title}`,
    `id: ${ruleId(`${id} ${title} ${asks.match}`)}`,
    'status: experimental',
    `description: Made by tasktrail sweep for finding ${id}`,
    'references:',
    `    - ${attack.strategy.url}`,
    'tags:',
    '    - attack.t1053.005',
    'logsource:',
    '    product: windows',
    `    ${logSources[event]}`,
    'detection:',
    '    selection:',
    ...(ids === null ? [] : [`        EventID: ${ids}`]),
    `        ${fields[asks.field]}${isHash ? '|contains' : modifiers[asks.match]}:`,
    ...values.map((value) => `            - ${value}`),
    '    condition: selection',
    `level: ${breadth === 'narrow' ? 'high' : 'medium'}`,
  ].join('\n')
}

/** A UUID that is the same for the same rule. */
export function ruleId(text: string): string {
  const digits = hash('sha256', text)
  const variant = ((Number.parseInt(digits[16] ?? '0', 16) & 3) | 8).toString(16)
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-')
}

/**
 * A value that means itself: `*` and `?` are wildcards without a backslash before them, and a backslash before one, or before another,
 * escapes. Source: https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html, escaping
 */
export const sigmaValue = (text: string): string => yamlText(text.replaceAll(/[\\*?]/g, '\\$&'))

/** A scalar of YAML that is text whatever it looks like. */
function yamlText(text: string): string {
  if (Array.from(text).every(isPlain)) return `'${text.replaceAll("'", "''")}'`
  const byCodePoint = (codePoint: number) =>
    codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`
  return `"${escaped(text, { '"': '\\"', '\\': '\\\\' }, byCodePoint)}"`
}

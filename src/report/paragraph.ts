import { columns, type Prefixes, wrap } from './wrap.ts'

/** What a line is to the reader, which its colour says, too. */
export type Tone = 'heading' | 'faint' | 'critical' | 'high' | 'medium' | 'low' | 'informational'

const codes: Readonly<Record<Tone, string>> = {
  critical: '1;97;41',
  high: '1;31',
  medium: '1;33',
  low: '36',
  informational: '2',
  heading: '1',
  faint: '2',
}

/** How a text is laid out. */
export interface Layout {
  /** Columns. */
  readonly width: number
  /** ANSI colours; the caller knows whether somebody looks at a terminal. */
  readonly color: boolean
}

export const plainLayout: Layout = { width: columns, color: false }

/** Text of one tone; it must be laid out already, for the codes would count as columns. */
export const painted = (text: string, tone: Tone | undefined, { color }: Pick<Layout, 'color'>): string =>
  color && tone !== undefined && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text

/** A text that has been made clean, before it is broken into lines. */
export interface Paragraph extends Prefixes {
  readonly text: string
  readonly tone?: Tone
}

/** A paragraph below the same indent, the lines after the first by two more. */
export const indented = (text: string, indent: number, tone?: Tone): Paragraph => ({
  text,
  first: ' '.repeat(indent),
  rest: ' '.repeat(indent + 2),
  ...(tone === undefined ? {} : { tone }),
})

export const linesOf = (paragraph: Paragraph, layout: Layout): string[] =>
  wrap(paragraph.text, paragraph, layout.width).map((line) => painted(line, paragraph.tone, layout))

import type { Element } from './element.ts'

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name)
}

/** The elements of every list of that name: a second `<Actions>` is not to hide what it holds. */
export function grandchildren(element: Element | undefined, name: string): Element[] {
  return element?.children.filter((one) => one.name === name).flatMap((one) => one.children) ?? []
}

/** Null for an element that is absent or empty: to the scheduler both say nothing. */
export function text(element: Element | undefined, name: string): string | null {
  return child(element, name)?.text.trim() || null
}

/** xs:boolean; what is neither true nor false counts as not said. */
export function flag(element: Element | undefined, name: string, byDefault: boolean): boolean {
  switch (text(element, name)?.toLowerCase()) {
    case 'true':
    case '1':
      return true
    case 'false':
    case '0':
      return false
    default:
      return byDefault
  }
}

/** A whole number from `least` to `most`; anything else counts as not said. */
export function count(element: Element | undefined, name: string, byDefault: number, least = 1, most = 65_535): number {
  const number = wholeNumber(text(element, name))
  return number !== null && number >= least && number <= most ? number : byDefault
}

export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** One of the words of an enumeration. */
export function oneOf<T extends string>(words: readonly T[], text: string | null): T | null {
  return words.find((word) => word === text) ?? null
}

/** What an element of any content holds: its text, and its elements as markup. */
export function content(element: Element | undefined): string | null {
  if (!element) return null
  if (element.children.length === 0) return element.text.trim() || null
  return element.text.trim() + element.children.map(markup).join('')
}

function markup({ name, attributes, children, text }: Element): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return `<${name}${said.join('')}>${escaped(text.trim())}${children.map(markup).join('')}</${name}>`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

import { Parser } from 'htmlparser2'

/** An element by its local name: the prefix is the writer's choice and says nothing. */
export interface Element {
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly Element[]
  /** All text directly inside, entities resolved, CDATA included. */
  readonly text: string
}

/** As much of a document as could be read, and why not more. */
export interface ElementReading {
  readonly root: Element | null
  readonly problem: string | null
}

/** The schema's own structures are six deep; what nests further is hostile. */
const MAX_DEPTH = 32

/** Schema: at most 48 triggers and 32 actions of a dozen elements each; ten times that is no task. */
const MAX_ELEMENTS = 10_000

/** Between two pieces the limits are looked at, so that a hostile document costs no more than one piece beyond them. */
const PIECE = 4096

interface OpenElement {
  name: string
  attributes: { readonly [name: string]: string }
  children: Element[]
  text: string
}

/** XML defines five itself; what a document type could define is refused with it. */
const undefinedEntity = /&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z_][\w.-]{0,60});/

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** Reads XML into elements. Never throws; a document type declaration is refused, nothing outside is ever fetched. */
export function readElements(xml: string): ElementReading {
  let root: OpenElement | null = null
  let rootClosed = false
  let problem: string | null = null
  let elements = 0
  let inCdata = false
  let refused = false
  let atEnd = false
  const open: OpenElement[] = []
  const note = (what: string) => {
    problem ??= what
  }
  const noteEntity = (text: string) => {
    const [, name] = undefinedEntity.exec(text) ?? []
    if (name !== undefined) note(`the entity &${name}; is defined nowhere, so that Windows refuses it`)
  }
  const refuse = (what: string) => {
    note(what)
    refused = true
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (refused) return
        if (rootClosed) return refuse(`<${localName(name).slice(0, 60)}> stands behind the end of the root element`)
        if (++elements > MAX_ELEMENTS) return refuse(`more than ${MAX_ELEMENTS} elements: the rest is not read`)
        if (open.length === MAX_DEPTH) return refuse(`elements nest deeper than ${MAX_DEPTH}: the rest is not read`)
        noteEntity(xml.slice(parser.startIndex, parser.endIndex))
        const element: OpenElement = { name: localName(name), attributes, children: [], text: '' }
        const parent = open.at(-1)
        if (parent) parent.children.push(element)
        else root = element
        open.push(element)
      },
      ontext(text) {
        const element = open.at(-1)
        if (!element || refused) return
        element.text += text
        // A character that an entity stood for comes by itself; what names one is none that is defined.
        if (!inCdata && text.length > 1) noteEntity(text)
      },
      oncdatastart() {
        inCdata = true
      },
      oncdataend() {
        inCdata = false
      },
      onclosetag(name, implied) {
        if (refused || open.length === 0) return
        if (atEnd) note(`the text ends inside <${name}>: truncated`)
        // An implied end that stands on another element's end tag; a self-closing element is implied too, but on its own.
        else if (implied && xml.startsWith('</', parser.startIndex)) note(`<${name}> has no end`)
        open.pop()
        if (open.length === 0) rootClosed = true
      },
      onprocessinginstruction(name) {
        if (name.startsWith('!')) {
          root = null // entities of its own could mean anything in what follows
          open.length = 0
          refuse(`refused: a <${name.toUpperCase()}> declaration has no place in a task`)
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  for (let at = 0; at < xml.length && !refused; at += PIECE) parser.write(xml.slice(at, at + PIECE))
  atEnd = true
  parser.end()
  return { root, problem }
}

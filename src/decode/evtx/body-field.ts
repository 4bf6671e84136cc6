import type { BodyPlan } from './body-plan.ts'
import type { Instance } from './instance.ts'
import type { EventInterest } from './interest-index.ts'
import { expandElement, slotText, textOf, type XmlElement } from './tree.ts'
import { ValueType } from './value-type.ts'

const HASH = 0x23

/** The text of an item in whichever body of the instance has it. */
export function fieldIn(instance: Instance, name: string): string | undefined {
  for (const body of instance.template.bodies) {
    const text = fieldOf(body, instance, name)
    if (text !== undefined) return text
  }
  return undefined
}

/**
 * The text of one item of a body: by its name, or as `#0`, `#1`, … by its position among the Data without one.
 * What is repeated (an array, or elements of the same name) comes as one text, an item a line.
 */
function fieldOf(body: BodyPlan, instance: Instance, name: string): string | undefined {
  if (!body.plain || name.charCodeAt(0) === HASH) return fieldOfTree(body, instance, name)
  const item = body.byName.get(name)
  if (item === undefined) return undefined
  if (item.literal !== null) return item.literal
  const type = instance.type(item.slot)
  if (type === ValueType.null) return item.optional ? undefined : ''
  return type === ValueType.binXml ? fieldOfTree(body, instance, name) : slotText(instance, item.slot)
}

/** False when the item is there and does not hold what is looked for; undefined when this body does not have it. */
export function couldContain(
  body: BodyPlan,
  instance: Instance,
  where: EventInterest['wheres'][number],
): boolean | undefined {
  if (!body.plain) return true
  const item = body.byName.get(where.field)
  if (item === undefined) return undefined
  if (item.literal !== null) return true
  const type = instance.type(item.slot)
  if (type === ValueType.null) return false
  if (type !== ValueType.string) return true
  return where.needles.isIn(instance.space, instance.at(item.slot), instance.size(item.slot))
}

function fieldOfTree(body: BodyPlan, instance: Instance, name: string): string | undefined {
  const texts: string[] = []
  let position = 0
  for (const element of expandElement(body.element, instance)) {
    if (body.kind === 'EventData') {
      for (const item of elementsOf(element)) {
        const itemName = item.attributes.find(([attribute]) => attribute === 'Name')?.[1]
        const key = itemName ?? (item.name === 'Data' ? `#${position++}` : item.name)
        if (key === name) texts.push(textOf(item))
      }
    } else collectLeaves(element, name, texts)
  }
  return texts.length === 0 ? undefined : texts.join('\n')
}

function collectLeaves(element: XmlElement, name: string, texts: string[]): void {
  for (const child of elementsOf(element)) {
    if (elementsOf(child).length > 0) collectLeaves(child, name, texts)
    else if (child.name === name) texts.push(textOf(child))
  }
}

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

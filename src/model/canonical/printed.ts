import { defaultSettings, type TaskDefinition } from '../definition.ts'

/**
 * A definition as lines: the name of the form, then a line for each action, each principal, each trigger and the settings,
 * what each says as JSON without what is null, false, nothing or the default.
 */
export function printed(form: string, definition: TaskDefinition): string {
  return [
    form,
    ...definition.actions.map((action) => `action ${json(action)}`),
    ...definition.principals.map((principal) => `runs-as ${json(principal)}`),
    ...definition.triggers.map((trigger) => `trigger ${json(trigger)}`),
    `settings ${JSON.stringify(unusual(definition.settings))}`,
  ].join('\n')
}

/** In the order of what they print as; `once`: of equal ones the first. */
export function sorted<T extends object>(items: readonly T[], once?: 'once'): T[] {
  if (items.length < 2) return [...items]
  const keyed = items
    .map((item) => ({ key: json(item), item }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.filter(({ key }, i) => !once || key !== keyed[i - 1]?.key).map(({ item }) => item)
}

/** What an item says, keys in the order of the alphabet. */
export function json(item: object): string {
  return JSON.stringify(told(item))
}

function told(item: object): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value === null || value === false || value === 'LeastPrivilege' || key === 'enabled') continue
    if (Array.isArray(value)) {
      if (value.length > 0) result[key] = value
    } else result[key] = typeof value === 'object' ? told(value) : value
  }
  return result
}

function unusual(settings: TaskDefinition['settings']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([key, value]) => value !== defaultSettings[key as keyof typeof defaultSettings])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

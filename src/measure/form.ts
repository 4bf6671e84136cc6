import { z } from 'zod'

// What the measure reads was written by others: each value is held against its form at the door, and trusted from there on.

/** A value in its form, or what is wrong with it first and where: `files[0].expected: expected object, received undefined`. */
export type Reading<T> = { readonly value: T } | { readonly wrong: string }

export function readAs<T>(form: z.ZodType<T>, value: unknown): Reading<T> {
  const { data, error } = form.safeParse(value)
  const issue = error?.issues[0]
  return issue === undefined ? { value: data as T } : { wrong: wrongText(issue) }
}

/** What is wrong, and where in the value. */
export function wrongText({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[]
  readonly message: string
}): string {
  const says = message.replace(/^Invalid (?:input|option): /, '')
  return path.length === 0 ? says : `${placeText(path)}: ${says}`
}

const placeText = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')

/** A text that may be missing; one without characters is. */
export const text = z
  .string()
  .nullish()
  .transform((said) => said || null)

/** A list that may be missing. */
export const list = <Form extends z.ZodType>(item: Form) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

/** Milliseconds; a time without a zone is UTC. */
export const timeOf = (said: string): number =>
  Date.parse(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said.replace(' ', 'T')}Z`)

/** Where a list goes on: after this value of its order, and of equal ones after this id. */
export interface Cursor {
  readonly value: number
  readonly id: string
}

export const cursorOf = (order: string, value: number, id: string): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString('base64url')

/** Null: nobody was given it, or for a list in another order. */
export function readCursor(text: string, order: string): Cursor | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(parts) || parts.length !== 3) return null
    const [of, value, id] = parts as unknown[]
    return of === order && typeof value === 'number' && typeof id === 'string' ? { value, id } : null
  } catch {
    return null
  }
}

/**
 * The key under which everything of one host meets: the first label of its name, lower case.
 * An address is never a host name: it is kept whole so that it meets nothing else.
 */
export function hostKey(name: string): string {
  const lower = name.trim().toLowerCase()
  if (/^[\d.]+$/.test(lower) || lower.includes(':')) return lower
  const dot = lower.indexOf('.')
  return dot > 0 ? lower.slice(0, dot) : lower
}

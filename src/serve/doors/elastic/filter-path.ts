/** Patterns of one request; more than any client asks for. */
const mostPatterns = 16
const longestPattern = 100

type Path = readonly string[]

/**
 * Leaves of an answer only what `filter_path` names: names apart by dots, `*` for any part of one and `**` for any number of them; with a `-`
 * before it what is to be left out. Lists are passed through.
 * Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options#common-options-response-filtering
 */
export function filteredBy(filter: string | undefined, value: unknown): unknown {
  const patterns = (filter ?? '')
    .split(',', mostPatterns)
    .map((pattern) => pattern.trim().slice(0, longestPattern))
    .filter((pattern) => pattern !== '')
  if (patterns.length === 0) return value
  const included = patterns.filter((pattern) => !pattern.startsWith('-')).map(pathOf)
  const excluded = patterns.filter((pattern) => pattern.startsWith('-')).map((pattern) => pathOf(pattern.slice(1)))
  const left = excluded.length === 0 ? value : without(value, excluded)
  return (included.length === 0 ? left : only(left, included)) ?? {}
}

const pathOf = (pattern: string): Path =>
  pattern.split('.').filter((part, at, parts) => part !== '**' || parts[at - 1] !== '**')

/** What is left to match below a name. */
function below(paths: readonly Path[], name: string): Path[] {
  const left: Path[] = []
  for (const path of paths) {
    const [first, ...rest] = path
    if (first === undefined) continue
    if (first === '**') {
      left.push(path)
      for (const one of below([rest], name)) left.push(one)
    } else if (matches(first, name)) left.push(rest)
  }
  return left
}

const isMet = (paths: readonly Path[]): boolean => paths.some((path) => path.every((part) => part === '**'))

function only(value: unknown, paths: readonly Path[]): unknown {
  if (isMet(paths)) return value
  if (paths.length === 0 || typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    const items = value.map((item) => only(item, paths)).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  const members = Object.entries(value)
    .map(([name, member]) => [name, only(member, below(paths, name))] as const)
    .filter(([, member]) => member !== undefined)
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

function without(value: unknown, paths: readonly Path[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => without(item, paths))
  const members = Object.entries(value).flatMap(([name, member]) => {
    const left = below(paths, name)
    return isMet(left) ? [] : [[name, without(member, left)] as const]
  })
  return Object.fromEntries(members)
}

/** Whether a name is that of a pattern, in which a star stands for any text. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop()
  if (last === undefined) return pattern === name
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of parts) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - at >= last.length && name.endsWith(last)
}

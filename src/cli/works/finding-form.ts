import { z } from 'zod'
import { looseHash } from '../../engine/definition-hash.ts'
import { type LooseHashOf, type ScopeSubject, tellsOfTask } from '../../hunt/index.ts'
import { list, readAs, text } from '../../measure/form.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { findingJson, findingSchema } from '../../report/index.ts'
import { UsageError } from '../refusals.ts'
import { jsonValues, readTextFile } from '../text-file.ts'
import { chainNamed, oneNamed } from './chain-named.ts'
import { definitionForm } from './definition-form.ts'

const definition: z.ZodType<TaskDefinition | null> = definitionForm.nullable()
const hashes = z.object({ md5: text, sha1: text, sha256: text })
const processForm = z.object({ image: text, commandLine: text, depth: z.number().nullish(), hashes: hashes.nullish() })

const actorForm = z.object({
  user: text,
  sid: text,
  process: processForm.nullish(),
  remote: z.object({ address: text, host: text }).nullish(),
})

/** The parts of a `tasktrail.finding/1` by which others are looked for. */
const form = z.object({
  schema: z.literal(findingSchema),
  kind: text,
  id: z.string().min(1),
  formerIds: list(z.string()),
  host: z.string(),
  task: z.object({
    path: text,
    definition: definition.nullish(),
    definitionProblem: text,
    definitionHash: text,
    statedAction: text,
    payload: list(z.object({ path: z.string(), hashes: hashes.nullish() })),
  }),
  change: z
    .object({
      time: text,
      kind: z.string(),
      actor: actorForm,
      before: definition.nullish(),
    })
    .nullish(),
  circumstances: list(z.object({ kind: z.string(), what: z.string(), actor: actorForm.nullish() })),
  runs: list(z.object({ time: text, processes: list(processForm) })),
})

/** A finding as an earlier scan told it. */
export type KeptFinding = z.output<typeof form>

/** The finding of this id, of one that it had before, or of the beginning of one, in what `scan --format jsonl` or `json` wrote. */
export function readFinding(path: string, id: string): KeptFinding {
  const values = jsonValues(readTextFile(path), path, 'finding', (document) =>
    Array.isArray(document) ? document : (document as { findings?: unknown } | null)?.findings,
  )
  const placed = oneNamed(values, ({ value }) => idsIn(value), id)
  if (!placed) throw new UsageError(`${path} has no finding ${id}`)
  const finding = readAs(form, placed.value)
  if ('wrong' in finding) throw new UsageError(`${placed.where}: not of the form ${findingSchema}: ${finding.wrong}`)
  return finding.value
}

/** The ids in a value that may be of any form. */
function idsIn(value: unknown) {
  const one = value as { id?: unknown; formerIds?: unknown } | null
  return {
    id: typeof one?.id === 'string' ? one.id : '',
    formerIds: Array.isArray(one?.formerIds) ? one.formerIds.filter((former) => typeof former === 'string') : [],
  }
}

/** A finding of this scan, told in the same form; undefined where it has none of this id. */
export function findingNamed(chains: readonly ScoredChain[], id: string, inputs: readonly string[]) {
  const scored = chainNamed(chains, id)
  if (!scored) return undefined
  const finding = readAs(form, JSON.parse(JSON.stringify(findingJson(scored, inputs))))
  if ('wrong' in finding) throw new Error(`a finding of our own is of another form: ${finding.wrong}`)
  return finding.value
}

/** What is looked for of it elsewhere. */
export function subjectOf({ kind, id, formerIds, host, task, change, circumstances }: KeptFinding): ScopeSubject {
  // A cleared log's finding has what was done to it, and by whom, in the place of a change.
  const cleared = kind === 'log-cleared' ? circumstances[0] : undefined
  const { path, definition = null, definitionProblem, definitionHash, statedAction, payload } = task
  return {
    ids: [id, ...formerIds],
    host,
    traced: {
      ...{ taskPath: path, definition, definitionHash, statedAction },
      looseHash: looseHash(definition, definitionProblem),
      files: payload.map(({ path: of, hashes: said }) => ({
        path: of,
        ...(said ?? { md5: null, sha1: null, sha256: null }),
      })),
      circumstances: circumstances.filter(({ kind }) => tellsOfTask(kind)).map(({ what }) => what),
      change: change
        ? { kind: change.kind, before: change.before ?? null, ...makerOf(change.actor) }
        : cleared?.actor
          ? { kind: 'cleared', before: null, ...makerOf(cleared.actor) }
          : null,
    },
  }
}

const makerOf = ({ user, sid, process, remote }: z.output<typeof actorForm>) => ({
  commandLine: process?.commandLine ?? null,
  ...{ user, sid, address: remote?.address ?? null, host: remote?.host ?? null },
})

/** A definition is on many hosts: its loose form is made once. */
export function looseHashes(): LooseHashOf {
  const known = new Map<string, string | null>()
  return ({ definition, definitionHash, definitionProblem }) => {
    if (definitionHash === null) return looseHash(definition, definitionProblem)
    const before = known.get(definitionHash)
    if (before !== undefined) return before
    const hash = looseHash(definition, definitionProblem)
    known.set(definitionHash, hash)
    return hash
  }
}

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/** What a user starts: the program as it is published, in a few files, which start in half the time of the sources. */
export const program = inject('program')
const sources = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program as a user would. */
export const tasktrail = (...args: string[]): CliRun => run(args)

/** The same, with something on its standard input. */
export const tasktrailWith = (input: string | Buffer, ...args: string[]): CliRun => run(args, { input })

/** The same, with a folder of its own for temporary files. */
export const tasktrailIn = (temporary: string, ...args: string[]): CliRun => run(args, { temporary })

/** The same, as a shell does it: `$tasktrail` in the command stands for the program. */
export function inShell(command: string, folder: string): CliRun {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, tasktrail: `${process.execPath} ${program}` },
  })
  return { code: status, stdout, stderr }
}

/** The same from its sources, with a fault of ours put into one of them: see edges/plant.ts. */
export const tasktrailPlanted = (
  plant: { readonly file: string; readonly instead: string; readonly put: string },
  ...args: string[]
): CliRun => run(args, { plant })

/** Where Node keeps the sources as it has compiled them: half of what a start costs. */
export const compileCache = fileURLToPath(new URL('../node_modules/.cache/tasktrail-tests', import.meta.url))

const plantModule = new URL('edges/plant.ts', import.meta.url).href

interface RunOptions {
  readonly input?: string | Buffer
  readonly temporary?: string
  readonly plant?: object
}

function run(args: string[], { input = '', temporary, plant }: RunOptions = {}): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [plant ? sources : program, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      NO_COLOR: '1',
      ...(plant && {
        NODE_COMPILE_CACHE: compileCache,
        NODE_OPTIONS: `--import ${plantModule}`,
        TASKTRAIL_TEST_PLANT: JSON.stringify(plant),
      }),
      ...(temporary === undefined ? {} : { TMPDIR: temporary, TEMP: temporary, TMP: temporary }),
    },
  })
  return { code: status, stdout, stderr }
}

/** What a test asks of a finding; the whole form is described in docs and design. */
export interface FindingLike {
  readonly kind: string
  readonly id: string
  readonly host: string
  readonly task: { readonly path: string | null }
  readonly change: null | {
    readonly time: string
    readonly kind: string
    readonly outcome: string
    readonly route: string
    readonly confidence: string
    readonly actor: {
      readonly user: string | null
      readonly process: null | { readonly pid: number; readonly image: string | null }
    }
  }
  readonly runs: readonly {
    readonly startedBy: string
    readonly processes: readonly {
      readonly pid: number
      readonly image: string | null
      readonly tiedBy: string
      readonly depth: number
    }[]
  }[]
  readonly verdict: string
  readonly score: { readonly bits: number; readonly severity: string }
  readonly evidence: readonly {
    readonly source: string
    readonly recordId: string
    readonly alsoIn?: readonly string[]
  }[]
}

/** Every chain of these inputs. */
export function scanAll(...args: string[]): FindingLike[] {
  const { stdout } = tasktrail('scan', '--all', '--quiet', '--format', 'jsonl', ...args)
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FindingLike)
}

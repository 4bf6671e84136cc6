import { canonicalPath } from './canonical/path-text.ts'
import type { PayloadFile, RunProcess, TaskChain } from './chain.ts'
import { imageName, splitProgram } from './command-line.ts'
import type { FileIdentity } from './file-identity.ts'

/** Files told of one task: a definition can name a thousand. */
const mostFiles = 16

/** Paths with an extension that stand in arguments: scripts and libraries that a program is to open. */
export const pathsIn = /[a-z]:\\[^"<>|*?\r\n]{1,250}?\.[a-z0-9]{2,4}(?=["',\s]|$)/gi

/**
 * The files that a task is to start, as its definition or whoever asked for it writes them, each with what is known of it: of the process
 * of a run, else of the file by its path. `fileAt`: by canonical path.
 */
export function payloadOf(
  { definition, statedAction }: Pick<TaskChain, 'definition' | 'statedAction'>,
  processes: readonly RunProcess[],
  fileAt: (path: string) => FileIdentity | null,
): PayloadFile[] {
  const roots = processes.filter(({ depth, file }) => depth === 0 && file !== null)
  const files = new Map<string, PayloadFile>()
  const put = (path: string, file: FileIdentity | null) => {
    const key = canonicalPath(path)
    if (!files.has(key) && files.size < mostFiles) files.set(key, { path, file })
  }
  for (const { command, rest } of commandsOf(definition, statedAction)) {
    if (command === '') continue
    put(
      command,
      roots.find(({ image }) => image !== null && isSameProgram(command, image))?.file ??
        fileAt(canonicalPath(command)),
    )
    for (const [path] of rest.matchAll(pathsIn)) {
      const file = fileAt(canonicalPath(path))
      if (file !== null) put(path, file)
    }
  }
  return [...files.values()]
}

function commandsOf(definition: TaskChain['definition'], statedAction: string | null) {
  const stated = statedAction === null ? [] : [splitProgram(statedAction)]
  return [
    ...(definition?.actions ?? []).flatMap((action) =>
      action.kind === 'exec'
        ? [{ command: action.command.replaceAll('"', '').trim(), rest: action.arguments ?? '' }]
        : [],
    ),
    ...stated.map(({ program, rest }) => ({ command: program, rest })),
  ]
}

/** Windows looks for a program without a path, and takes .exe for what has no extension. */
function isSameProgram(command: string, image: string): boolean {
  const [named, ran] = [imageName(command), imageName(image)]
  if (named !== ran && `${named}.exe` !== ran) return false
  return (
    !/[\\/]/.test(command) ||
    canonicalPath(command) === canonicalPath(image) ||
    canonicalPath(`${command}.exe`) === canonicalPath(image)
  )
}

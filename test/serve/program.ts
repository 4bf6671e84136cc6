import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { program } from '../run-cli.ts'

/** The service as a user starts it. */
export interface RunningProgram {
  readonly url: string
  readonly child: ChildProcess
  /** All that it has said. */
  said(): string
  /** Ends it by a signal, and gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts `tasktrail serve` and gives it when it says where it is; rejects with its words if it ends before that. */
export async function startProgram(...args: string[]): Promise<RunningProgram> {
  const child = spawn(process.execPath, [program, 'serve', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [, found] = /serves (\S+)\/ and keeps[\s\S]*\n$/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
    ended.then(() => reject(new Error(said)))
  })
  return {
    ...{ url, child },
    said: () => said,
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}

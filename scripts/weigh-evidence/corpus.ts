import { readFileSync } from 'node:fs'
import { readDefinition } from '../../src/decode/task-xml/read-definition.ts'
import { madeChain, madeProcess } from '../../src/lab/made-chains.ts'
import type { RunProcess, TaskChain } from '../../src/model/chain.ts'

/** One labelled definition, as a line of the corpus has it. */
export interface Item {
  readonly id: string
  readonly label: 'benign' | 'exclusion' | 'malicious' | 'unclear'
  readonly origin: string
  readonly kind: string
  readonly taskPath: string | null
  readonly command: string | null
  readonly arguments: string | null
  readonly principal: string
  readonly measured: boolean
  readonly source: string
  readonly xml: string
}

/** What is measured: of one source at most twelve, nothing of which nobody can tell what it is. */
export function readCorpus(path: string): Item[] {
  const items = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Item)
  return items.filter((item) => item.measured && item.label !== 'unclear')
}

export const isAttack = (item: Item): boolean => item.label === 'malicious'

const at = { time: Date.UTC(2026, 5, 10, 9), ticks: 0 }
const ann = { user: 'CORP\\ann', sid: 'S-1-5-21-1-2-3-1270', logonId: '0x48db3' }

/** A chain in which an administrator made the task and it ran once without children; the same for all. */
export function chainOf(item: Item): TaskChain {
  const { definition } = readDefinition(item.xml)
  const path = (item.taskPath ?? `\\Task-${item.id.slice(0, 6)}`).replace(/^\\*/, '\\').replace(/\\{2,}/g, '\\')
  const client = {
    pid: 3120,
    image: 'C:\\Windows\\System32\\schtasks.exe',
    commandLine: `schtasks /create /tn "${path}" /xml task.xml`,
    ancestry: [
      { pid: 3112, image: 'C:\\Windows\\System32\\cmd.exe', commandLine: '"C:\\Windows\\system32\\cmd.exe"' },
      { pid: 3104, image: 'C:\\Windows\\explorer.exe', commandLine: 'C:\\Windows\\Explorer.EXE' },
    ],
  }
  const actor = { ...ann, process: client }
  const processes = item.command === null ? [] : [processOf(item, item.command)]
  return {
    ...madeChain({
      ...{ id: item.id, host: 'ws-1.corp.example', taskPath: path, at },
      change: { ...at, route: 'schtasks', actor, confidence: 'certain', because: '' },
      runs: [{ ...at, startedBy: 'time', processes, result: 0, outcome: 'completed' }],
    }),
    definition,
  }
}

const system32 = 'C:\\Windows\\System32\\'

/** The process that Windows makes of an action: batch files in cmd, scripts in their host, a bare name from the path. */
function processOf(item: Item, command: string): RunProcess {
  const program = command.trim().replace(/^["']|["']$/g, '')
  const args = item.arguments ?? ''
  const [image, commandLine] = launched(program, args)
  const user = item.principal === 'SYSTEM' ? 'NT AUTHORITY\\SYSTEM' : 'CORP\\ann'
  return madeProcess({ ...at, pid: 4120, parentPid: 832, image, commandLine, user, source: '4688+129' })
}

function launched(program: string, args: string): [image: string, commandLine: string] {
  const low = program.toLowerCase()
  if (/\.(?:bat|cmd)$/.test(low))
    return [`${system32}cmd.exe`, `C:\\Windows\\SYSTEM32\\cmd.exe /c ""${program}" ${args}"`]
  if (/\.(?:vbs|vbe|js|jse|wsf)$/.test(low))
    return [`${system32}wscript.exe`, `"C:\\Windows\\System32\\WScript.exe" "${program}" ${args}`.trim()]
  if (low.endsWith('.ps1')) return [`${system32}notepad.exe`, `"C:\\Windows\\System32\\Notepad.exe" ${program}`]
  if (low.endsWith('.msc')) return [`${system32}mmc.exe`, `"C:\\Windows\\system32\\mmc.exe" "${program}"`]
  if (low.endsWith('.hta')) return [`${system32}mshta.exe`, `"C:\\Windows\\System32\\mshta.exe" "${program}" ${args}`]
  const quoted = /\s/.test(program) ? `"${program}"` : program
  return [program, `${quoted} ${args}`.trim()]
}

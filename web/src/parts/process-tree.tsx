import { imageName } from '../../../src/model/command-line.ts'
import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import type { FindingJson } from '../data/source.ts'
import { baseName, tieWords } from '../words.ts'
import { ScopeLink } from './small.tsx'

type Run = FindingJson['runs'][number]
type Process = Run['processes'][number]

interface Branch {
  readonly process: Process
  readonly children: Branch[]
}

/** Processes of a run that are drawn; JSON has them all. */
const mostProcesses = 300

/** Each process below the one that started it; where that is not told, below the nearest before it of a lower depth. */
function treeOf(processes: readonly Process[]): Branch[] {
  const roots: Branch[] = []
  const byPid = new Map<number, Branch>()
  const byDepth: Branch[] = []
  for (const process of processes.slice(0, mostProcesses)) {
    const branch: Branch = { process, children: [] }
    const named = process.parentPid === null || process.depth === 0 ? undefined : byPid.get(process.parentPid)
    const parent = process.depth === 0 ? undefined : (named ?? byDepth[process.depth - 1])
    if (parent) parent.children.push(branch)
    else roots.push(branch)
    byPid.set(process.pid, branch)
    byDepth[process.depth] = branch
  }
  return roots
}

export function ProcessTree({ run }: { run: Run }) {
  const left = run.processes.length - mostProcesses
  return (
    <div class="process-tree">
      <Branches branches={treeOf(run.processes)} />
      {left > 0 && <p class="dim">{`and ${counted(left, 'more process', 'more processes')}`}</p>}
    </div>
  )
}

const Branches = ({ branches }: { branches: readonly Branch[] }) => (
  <ul>
    {branches.map(({ process, children }) => (
      <li key={`${process.pid} ${process.time}`}>
        <ProcessLine process={process} />
        {children.length > 0 && <Branches branches={children} />}
      </li>
    ))}
  </ul>
)

function ProcessLine({ process }: { process: Process }) {
  const { image, pid, user, integrity, commandLine, tiedBy, depth } = process
  const tie = depth === 0 ? tieWords[tiedBy] : ''
  const isConsole = image !== null && imageName(image) === 'conhost.exe'
  return (
    <div class={`process${isConsole ? ' console' : ''}`}>
      <div class="process-head">
        <b title={image ?? ''}>{baseName(image)}</b>
        {pid > 0 && <span class="dim">{pid}</span>}
        {user !== null && <span class="dim">{`as ${user}${integrity === null ? '' : `, ${integrity}`}`}</span>}
        <Rarity image={image} />
        <FileSays hashes={process.hashes} signature={process.signature} />
        {process.connectedTo !== undefined && (
          <span class="fact rare" title="a connection to an address outside">
            {`connected to ${process.connectedTo.host ?? process.connectedTo.address}:${process.connectedTo.port}`}
          </span>
        )}
      </div>
      {commandLine !== null && <code class="command">{commandLine}</code>}
      {tie !== '' && tie !== undefined && <span class="tie">{tie}</span>}
    </div>
  )
}

/** On how many hosts of this input runs of tasks start such a program. */
function Rarity({ image }: { image: string | null }) {
  const { source } = useApp()
  const name = image === null ? '' : imageName(image)
  const rarity = source.rarity(name)
  if (rarity === null || rarity.of < 2) return null
  const { hosts, of } = rarity
  const isRare = hosts <= Math.max(1, of * 0.02)
  return (
    <span
      class={`fact${isRare ? ' rare' : ''}`}
      title={`Tasks start ${name} on ${hosts} of the ${of} hosts of this input.`}
    >
      {`on ${hosts} of ${of} hosts`}
    </span>
  )
}

const signatures: Readonly<Record<string, string>> = {
  valid: 'signed',
  signed: 'signed',
  unsigned: 'not signed',
  expired: 'signature expired',
  revoked: 'signature revoked',
  invalid: 'signature invalid',
}

export function FileSays({ hashes, signature }: Pick<Process, 'hashes' | 'signature'>) {
  const best = hashes?.sha256 ?? hashes?.sha1 ?? hashes?.md5 ?? null
  const says = signatures[signature.status]
  return (
    <>
      {best !== null && (
        <span class="fact hash">
          <ScopeLink of="hash" value={best}>
            {`${best.length === 64 ? 'SHA-256' : best.length === 40 ? 'SHA-1' : 'MD5'} ${best.slice(0, 12)}…`}
          </ScopeLink>
        </span>
      )}
      {says !== undefined && (
        <span class={`fact${says === 'signed' ? '' : ' rare'}`} title={signature.signer ?? ''}>
          {`${says}${signature.signer === null ? '' : ` by ${signature.signer.replace(/^CN=/i, '').split(',')[0]}`}`}
        </span>
      )}
    </>
  )
}

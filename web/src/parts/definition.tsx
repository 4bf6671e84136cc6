import { defaultSettings, type TaskDefinition } from '../../../src/model/definition.ts'
import { printDefinition } from '../../../src/model/task-xml/print-definition.ts'
import { indent } from '../../../src/model/task-xml/xml-text.ts'
import { nameOfSid } from '../../../src/model/windows/accounts.ts'
import { triggerWords } from '../../../src/report/trigger-words.ts'
import type { FindingJson } from '../data/source.ts'
import { CopyButton, ScopeLink, Tabs } from './small.tsx'

type Line = readonly [name: string, value: string]

/** What a task is, as lines that a person reads. */
function linesOf(definition: TaskDefinition): Line[] {
  const { actions, triggers, principals, settings, registrationInfo: info } = definition
  const [principal] = principals
  const account = principal?.userId ?? principal?.groupId ?? null
  const lines: Line[] = actions.map((action): Line => {
    if (action.kind === 'exec')
      return [
        'starts',
        `${action.command}${action.arguments === null ? '' : ` ${action.arguments}`}${action.workingDirectory === null ? '' : `  (in ${action.workingDirectory})`}`,
      ]
    if (action.kind === 'com-handler')
      return ['starts', `COM handler ${action.classId}${action.data === null ? '' : ` ${action.data}`}`]
    if (action.kind === 'send-email')
      return ['sends', `an e-mail to ${action.to ?? '?'} through ${action.server ?? '?'}`]
    return ['shows', `${action.title ?? ''}: ${action.body ?? ''}`]
  })
  if (account !== null)
    lines.push(['as', `${nameOfSid(account) ?? account}${nameOfSid(account) === undefined ? '' : ` (${account})`}`])
  if (principal)
    lines.push([
      'level',
      `${principal.runLevel === 'HighestAvailable' ? 'highest privileges' : 'least privileges'}${principal.logonType === null ? '' : `, ${principal.logonType}`}`,
    ])
  for (const trigger of triggers) lines.push(['when', triggerWords(trigger)])
  if (triggers.length === 0) lines.push(['when', 'only when somebody asks for it'])
  for (const [name, value] of Object.entries(settings)) {
    const usual = defaultSettings[name as keyof typeof defaultSettings]
    if (JSON.stringify(value) !== JSON.stringify(usual))
      lines.push(['setting', `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`])
  }
  for (const name of [
    'author',
    'date',
    'description',
    'source',
    'uri',
    'version',
    'documentation',
    'securityDescriptor',
  ] as const) {
    const value = info[name]
    if (value !== null) lines.push([name === 'uri' ? 'URI' : name === 'securityDescriptor' ? 'SDDL' : name, value])
  }
  if (definition.data !== null) lines.push(['data', definition.data])
  return lines
}

const xmlOf = (definition: TaskDefinition): string => indent(printDefinition(definition)).replaceAll('\r', '')

export function Definition({ finding }: { finding: FindingJson }) {
  const { definition, definitionProblem, definitionHash, statedAction, path } = finding.task
  const before = finding.change?.before ?? null
  if (definition === null && statedAction === null) {
    return (
      <p class="dim">
        {definitionProblem === null
          ? 'No record carries its definition.'
          : `Its definition could not be read: ${definitionProblem}`}
      </p>
    )
  }
  return (
    <div class="definition">
      {definitionProblem !== null && <p class="warn">{`Read in part: ${definitionProblem}`}</p>}
      {statedAction !== null && (
        <p>
          {definition === null ? 'Known from the command alone: ' : 'In the registry: '}
          <code class="command">{statedAction}</code>
        </p>
      )}
      {definition !== null && (
        <Tabs
          label="definition"
          tabs={[
            {
              name: 'Readable',
              content: () => <Lines now={linesOf(definition)} before={before === null ? null : linesOf(before)} />,
            },
            {
              name: 'XML',
              content: () => (
                <>
                  <CopyButton text={() => xmlOf(definition)} says="Copy the XML" />
                  <Xml now={xmlOf(definition)} before={before === null ? null : xmlOf(before)} />
                </>
              ),
            },
          ]}
        />
      )}
      {(definitionHash !== null || path !== null) && (
        <p class="dim">
          {path !== null && (
            <>
              task <ScopeLink of="task" value={path} />{' '}
            </>
          )}
          {definitionHash !== null && (
            <>
              definition <ScopeLink of="definition" value={definitionHash} />
            </>
          )}
        </p>
      )}
    </div>
  )
}

function Lines({ now, before }: { now: readonly Line[]; before: readonly Line[] | null }) {
  const keyOf = ([name, value]: Line) => `${name}\n${value}`
  const [nowKeys, beforeKeys] = [new Set(now.map(keyOf)), new Set((before ?? now).map(keyOf))]
  const column = (lines: readonly Line[], others: ReadonlySet<string>, mark: string, title: string | null) => (
    <div class="column">
      {title !== null && <h3>{title}</h3>}
      <dl class="lines">
        {lines.map((line, number) => (
          <div key={keyOf(line) + String(number)} class={others.has(keyOf(line)) ? '' : mark}>
            <dt>{line[0]}</dt>
            <dd>{line[1]}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
  if (before === null) return column(now, beforeKeys, '', null)
  return (
    <div class="side-by-side">
      {column(before, nowKeys, 'gone', 'before')}
      {column(now, beforeKeys, 'new', 'after')}
    </div>
  )
}

function Xml({ now, before }: { now: string; before: string | null }) {
  const lines = (text: string, other: string | null, mark: string) => {
    const others = new Set(other?.split('\n'))
    return text.split('\n').map((line, number) => (
      <span key={number} class={other !== null && !others.has(line) ? mark : ''}>
        {line}
        {'\n'}
      </span>
    ))
  }
  if (before === null) return <pre class="xml">{lines(now, null, '')}</pre>
  return (
    <div class="side-by-side">
      <div class="column">
        <h3>before</h3>
        <pre class="xml">{lines(before, now, 'gone')}</pre>
      </div>
      <div class="column">
        <h3>after</h3>
        <pre class="xml">{lines(now, before, 'new')}</pre>
      </div>
    </div>
  )
}

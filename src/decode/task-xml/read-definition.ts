import type { Principal, ReadDefinition, RegistrationInfo, TaskDefinition } from '../../model/definition.ts'
import { actionOf } from './actions.ts'
import { child, content, grandchildren, text } from './child.ts'
import { type Element, readElements } from './element.ts'
import { settingsOf } from './settings.ts'
import { triggerOf } from './triggers.ts'

/** Real definitions are 2 to 6 KiB; the longest that the service takes is far below. Beyond it nothing is read. */
export const MAX_CHARACTERS = 1 << 20

/** Empire's and other JSON exports carry the XML escaped once more; a third time was never seen. */
const MAX_ESCAPES = 2

const namespace = 'http://schemas.microsoft.com/windows/2004/02/mit/task'

/**
 * Reads a task's XML as 4698, 4702, a task file and `schtasks /xml` carry it. What is broken gives what could be read of it
 * and the reason. Unknown elements are ignored, omitted ones have the schema's default.
 * Source: [MS-TSCH] 2.5, https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
 */
export const readDefinition: ReadDefinition = (xml) => {
  const text = unescaped(xml.slice(0, MAX_CHARACTERS))
  if (text === '') return { definition: null, problem: 'empty: no task XML' }
  const { root, problem } = readElements(text)
  const tooLong =
    xml.length > MAX_CHARACTERS ? `${xml.length} characters long: only the first ${MAX_CHARACTERS} are read` : null
  if (!root) return { definition: null, problem: problem ?? tooLong ?? 'no XML element in it' }
  if (root.name !== 'Task') return { definition: null, problem: `the root element is <${root.name}>, not <Task>` }
  const definition = taskOf(root)
  const behind = hasTextBehindZero(xml) ? 'a zero character ends the text before its end' : null
  return { definition, problem: tooLong ?? problem ?? behind ?? doubtAbout(root, definition) }
}

/** Strips what surrounds the document, and undoes the escaping of a carrier that escaped the whole of it. */
function unescaped(xml: string): string {
  let text = trimmed(xml)
  for (let i = 0; i < MAX_ESCAPES && text.startsWith('&lt;'); i++) text = trimmed(unescapeOnce(text))
  return text
}

function trimmed(text: string): string {
  const zero = text.indexOf('\0') // task files and registry strings may end in them
  return (zero < 0 ? text : text.slice(0, zero)).trim() // trim() also takes the byte order mark
}

/** Whoever writes a text to its end mark knows nothing of what follows it. */
function hasTextBehindZero(xml: string): boolean {
  const zero = xml.indexOf('\0')
  return zero >= 0 && /[^\s\0]/.test(xml.slice(zero))
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&#xD;': '\r',
  '&#xA;': '\n',
  '&amp;': '&',
}

function unescapeOnce(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp|#39|#xD|#xA);/g, (entity) => entities[entity] ?? entity)
}

/** Each may stand in a definition once. Source: [MS-TSCH] 2.5.1, taskType. */
const sections = ['RegistrationInfo', 'Triggers', 'Settings', 'Data', 'Principals', 'Actions']

/** What makes a document that is well formed a doubtful definition. */
function doubtAbout(root: Element, { actions }: TaskDefinition): string | null {
  const xmlns = Object.entries(root.attributes).find(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (xmlns && xmlns[1] !== namespace) return `the namespace is ${xmlns[1]}, not the Task Scheduler's`
  const names = root.children.map(({ name }) => name)
  const twice = sections.find((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice !== undefined) return `more than one <${twice}>, so that Windows refuses it`
  if (actions.length === 0) return 'no action in it'
  if (actions.some((action) => action.kind === 'exec' && action.command === '')) return 'an <Exec> without a command'
  return null
}

function taskOf(root: Element): TaskDefinition {
  return {
    version: root.attributes.version?.trim() || null,
    registrationInfo: registrationInfoOf(child(root, 'RegistrationInfo')),
    triggers: grandchildren(root, 'Triggers').flatMap(triggerOf),
    principals: grandchildren(root, 'Principals').flatMap(principalOf),
    settings: settingsOf(child(root, 'Settings')),
    actionsContext: child(root, 'Actions')?.attributes.Context ?? null,
    actions: grandchildren(root, 'Actions').flatMap(actionOf),
    data: content(child(root, 'Data')),
  }
}

function registrationInfoOf(info: Element | undefined): RegistrationInfo {
  return {
    author: text(info, 'Author'),
    date: text(info, 'Date'),
    description: text(info, 'Description'),
    source: text(info, 'Source'),
    uri: text(info, 'URI'),
    documentation: text(info, 'Documentation'),
    version: text(info, 'Version'),
    securityDescriptor: text(info, 'SecurityDescriptor'),
  }
}

function principalOf(principal: Element): Principal[] {
  if (principal.name !== 'Principal') return []
  return [
    {
      id: principal.attributes.id ?? null,
      userId: text(principal, 'UserId'),
      groupId: text(principal, 'GroupId'),
      displayName: text(principal, 'DisplayName'),
      logonType: text(principal, 'LogonType'),
      runLevel: text(principal, 'RunLevel') === 'HighestAvailable' ? 'HighestAvailable' : 'LeastPrivilege',
      processTokenSidType: text(principal, 'ProcessTokenSidType'),
      requiredPrivileges: grandchildren(principal, 'RequiredPrivileges')
        .filter((element) => element.name === 'Privilege')
        .map((element) => element.text.trim()),
    },
  ]
}

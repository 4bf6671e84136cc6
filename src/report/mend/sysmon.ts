import { mendTable, type SysmonFilter } from './mends.ts'
import { saysOf } from './says.ts'
import type { Wanted } from './wanted.ts'
import { xmlComment, xmlText } from './xml.ts'

/** The first schema that has rule groups; every later Sysmon reads it. */
const schema = '4.22'

/**
 * A configuration of Sysmon with the filters that are lacking. An event of which all is to be told excludes nothing; the others include
 * what is named. Source: Microsoft's page on Sysmon, “Configuration files” and “Event filtering entries”.
 */
export function* mendBySysmon({ mends }: Wanted): Iterable<string> {
  const wanted = mends.map((one) => ({
    one,
    filters: mendTable[one.id].steps.filter((step) => step.kind === 'sysmon-filter'),
  }))
  const own = wanted.filter(({ filters }) => filters.length > 0)
  if (own.length === 0) {
    yield xmlComment('nothing that Sysmon would show is lacking')
    return
  }
  yield xmlComment('Filters of Sysmon that tasktrail needs to see scheduled tasks.')
  yield xmlComment(
    'Where Sysmon has a configuration, put the rule groups into it: a configuration that is loaded takes the place of the one before, and what its exclude rules match stays out.',
  )
  yield xmlComment(
    'Keep what is there first (Sysmon64.exe -c prints it). New: Sysmon64.exe -accepteula -i FILE. Change: Sysmon64.exe -c FILE.',
  )
  yield xmlComment('Undo: load the configuration before with -c, or take Sysmon away with -u.')
  yield `<Sysmon schemaversion="${schema}">\n  <EventFiltering>\n`
  for (const { one, filters } of own) {
    for (const line of saysOf(one)) yield `    ${xmlComment(line)}`
    for (const filter of filters) yield* ruleGroup(filter)
  }
  yield '  </EventFiltering>\n</Sysmon>\n'
}

function* ruleGroup({ event, rules }: SysmonFilter): Iterable<string> {
  yield '    <RuleGroup name="" groupRelation="or">\n'
  if (rules.length === 0) yield `      <${event} onmatch="exclude"/>\n`
  else {
    yield `      <${event} onmatch="include">\n`
    for (const { field, condition, value } of rules)
      yield `        <${field} condition="${condition}">${xmlText(value)}</${field}>\n`
    yield `      </${event}>\n`
  }
  yield '    </RuleGroup>\n'
}

import { allOf, containment } from '../../../src/report/containment/index.ts'
import type { FindingJson } from '../data/source.ts'
import { CopyButton, Tabs } from './small.tsx'

/** What to do about it, in the right order, as text to copy: this page runs nothing. */
export function Containment({ finding }: { finding: FindingJson }) {
  const ways = containment(finding)
  return (
    <div class="containment">
      <p class="dim">Text to copy and to check before it is run. Nothing here runs anything.</p>
      <Tabs
        label="ways to contain it"
        tabs={ways.map((way) => ({
          name: way.name,
          content: () => (
            <>
              <p class="dim">
                {way.about} <CopyButton text={allOf(way)} says="Copy all" />
              </p>
              <ol class="steps">
                {way.steps.map(({ title, lines, note }) => (
                  <li key={title}>
                    <h3>
                      {title}
                      {lines.length > 0 && <CopyButton text={lines.join('\n')} />}
                    </h3>
                    {note !== null && <p class="dim">{note}</p>}
                    {lines.length > 0 && <pre>{lines.join('\n')}</pre>}
                  </li>
                ))}
              </ol>
            </>
          ),
        }))}
      />
    </div>
  )
}

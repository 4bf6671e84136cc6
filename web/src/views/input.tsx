import { CoverageMap, CoverageTimes, Mends } from '../parts/coverage-map.tsx'
import { Input } from '../parts/input.tsx'
import { Section } from '../parts/small.tsx'

/** What the telemetry could have shown, and what of it was read. */
export const InputView = () => (
  <div class="input-view">
    <h1>Coverage</h1>
    <p class="lead">That nothing was found says something only where it could have been seen.</p>
    <Section title="What could be seen">
      <CoverageMap />
    </Section>
    <Section title="Since when, and with which holes">
      <CoverageTimes />
    </Section>
    <Section title="What is missing, and what to switch on">
      <Mends />
    </Section>
    <Section title="What was read">
      <Input />
    </Section>
  </div>
)

import type { FindingJson } from '../finding-json.ts'
import { liveResponseSteps } from './live-response.ts'
import { powershellSteps } from './powershell.ts'
import { schtasksSteps } from './schtasks.ts'
import { titles, type Way } from './step.ts'
import { targetOf } from './target.ts'
import { velociraptorSteps } from './velociraptor.ts'

/** What to do about a finding, by tool, as text to copy. Nothing here is ever run by us. */
export function containment(finding: FindingJson): Way[] {
  const target = targetOf(finding)
  const ways: Way[] = [
    {
      name: 'PowerShell',
      about: 'On the host, in an elevated PowerShell.',
      remark: '# ',
      steps: powershellSteps(target),
    },
    { name: 'schtasks', about: 'On the host, in an elevated cmd.exe.', remark: 'rem ', steps: schtasksSteps(target) },
    {
      name: 'Velociraptor',
      about: 'On the server, in a cell of the host’s notebook; ClientId is the host’s, C.….',
      remark: '-- ',
      steps: velociraptorSteps(target),
    },
    {
      name: 'Defender',
      about: 'In a live response session on the device.',
      remark: null,
      steps: liveResponseSteps(target),
    },
  ]
  return finding.kind === 'log-cleared' ? ways.map(withoutTask) : ways
}

/** All that is to be typed there at once, each step under its name where there are remarks. */
export const allOf = ({ steps, remark }: Way): string =>
  steps
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => [...(remark === null ? [] : [`${remark}${title}`]), ...lines, ''].join('\n'))
    .join('\n')

/** Of a lost log there is what is left to keep, and whoever cleared it. */
const withoutTask = ({ steps, ...way }: Way): Way => ({
  ...way,
  steps: steps
    .filter(({ title }) => title === titles.keep || title === titles.account)
    .map((step) => (step.title === titles.keep ? { ...step, title: 'Keep what is left', note: null } : step)),
})

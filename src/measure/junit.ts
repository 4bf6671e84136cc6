/** One thing that was tested; `failure` says why it did not hold. */
export interface TestCase {
  readonly name: string
  readonly failure: string | null
  /** What it is about, for whoever reads the report. */
  readonly output?: string
}

export interface TestSuite {
  readonly name: string
  readonly cases: readonly TestCase[]
}

/** Characters that XML 1.0 cannot hold become U+FFFD; quotes, brackets and line ends are escaped. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * A report as continuous integration reads it. Names and texts may come from an attacked machine.
 * Source: https://github.com/testmoapp/junitxml (the elements and attributes that common readers agree on)
 */
export function junit(suites: readonly TestSuite[]): string {
  const failures = ({ cases }: TestSuite) => cases.filter(({ failure }) => failure !== null).length
  const total = (of: (suite: TestSuite) => number) => suites.reduce((sum, suite) => sum + of(suite), 0)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tasktrail" tests="${total(({ cases }) => cases.length)}" failures="${total(failures)}" errors="0">`,
  ]
  for (const suite of suites) {
    const name = escaped(suite.name)
    lines.push(
      `  <testsuite name="${name}" tests="${suite.cases.length}" failures="${failures(suite)}" errors="0" skipped="0">`,
    )
    for (const one of suite.cases) {
      const head = `    <testcase classname="tasktrail.${name}" name="${escaped(one.name)}"`
      const output = one.output === undefined ? '' : `<system-out>${escaped(one.output)}</system-out>`
      const failure = one.failure === null ? '' : `<failure message="${escaped(one.failure)}"/>`
      lines.push(failure === '' && output === '' ? `${head}/>` : `${head}>${failure}${output}</testcase>`)
    }
    lines.push('  </testsuite>')
  }
  return `${lines.join('\n')}\n</testsuites>\n`
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeChain, madeClearedLog } from '../../lab/made-chains.ts'
import { findingJson } from '../finding-json.ts'
import { allOf, containment } from './index.ts'

/** Steps of one tool for a finding whose task, folder, payload, account and channel are as given. */
function steps(tool: string, given: Partial<Names> = {}) {
  const { folder, task, file, user, channel } = { ...plain, ...given }
  const chain = madeChain({
    taskPath: `\\${folder}\\${task}`,
    payload: [{ path: `C:\\Users\\Public\\${file}`, file: null }],
    change: { actor: { user: `CORP\\${user}` } },
    runs: [{ processes: [{ pid: 4644, image: 'C:\\Users\\Public\\a.exe' }] }],
    evidence: [{ source: 0, channel, eventId: 4698, recordId: 1, alsoIn: [], time: 1, ticks: 0 }],
  })
  const finding = findingJson(
    { chain, verdict: 'outlier', score: { bits: 9, severity: 'medium', factors: [] }, baseline: null, settings: null },
    [],
  )
  return containment(finding).find(({ name }) => name === tool)?.steps ?? []
}

interface Names {
  readonly folder: string
  readonly task: string
  readonly file: string
  readonly user: string
  readonly channel: string
}
const plain: Names = { folder: 'Maker', task: 'Sync', file: 'a.exe', user: 'eve', channel: 'Security' }

/** What ends a string, begins a command, is expanded, breaks a line, hides or reorders, and any text at all. */
const nasty = fc.constantFrom(
  ...[
    "'",
    '"',
    '’',
    '‘',
    '‛',
    '“',
    '＂',
    '`',
    '$(calc)',
    '%COMSPEC%',
    '!x!',
    '^',
    "'''",
    "';calc;'",
    '"&calc&"',
    '|',
    '&',
    ';',
  ],
  ...[
    '\n',
    '\r\n',
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u2028',
    '\ud800',
    '#',
    '<#',
    '#>',
    '@(',
    '{',
    '}',
    '\\"',
    '\\',
  ],
)
const name = fc
  .array(
    fc.oneof({ weight: 2, arbitrary: nasty }, fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 6 })),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''))
/** A name holds no separator: what stands behind one is another name. */
const part = name.map((text) => text.replaceAll('\\', '/')).filter((text) => text.trim() !== '' && !text.endsWith('$'))

const lines = (tool: string, given?: Partial<Names>): string =>
  steps(tool, given)
    .flatMap((step) => step.lines)
    .join('\n')

/** What PowerShell's tokens come to: all but the texts between quotes, and these. It takes five characters for a single quote. */
function powershell(script: string): { skeleton: string; texts: string[] } {
  const quotes = "'‘’‚‛"
  const texts: string[] = []
  let skeleton = ''
  for (let at = 0; at < script.length; at++) {
    const character = script.charAt(at)
    if (!quotes.includes(character)) {
      skeleton += character
      continue
    }
    let text = ''
    for (at++; at < script.length; at++) {
      if (!quotes.includes(script.charAt(at))) text += script.charAt(at)
      else if (quotes.includes(script.charAt(at + 1)) && at + 1 < script.length) text += script.charAt(at++)
      else break
    }
    texts.push(text)
    skeleton += '⟦⟧'
  }
  const decoded = '([Text.Encoding]::Unicode.GetString([Convert]::FromBase64String(⟦⟧)))'
  const pieces = skeleton.split('⟦⟧')
  const isEncoded = pieces.map((piece) => piece.endsWith(decoded.split('⟦⟧')[0] ?? ''))
  return {
    skeleton: skeleton.replaceAll(decoded, '⟦⟧'),
    texts: texts.map((text, place) => (isEncoded[place] ? Buffer.from(text, 'base64').toString('utf16le') : text)),
  }
}

describe('PowerShell', () => {
  const known = powershell(lines('PowerShell'))

  test('takes every name for a text, whatever is in it', () => {
    fc.assert(
      fc.property(part, part, part, part, part, (folder, task, file, user, channel) => {
        const { skeleton, texts } = powershell(lines('PowerShell', { folder, task, file, user, channel }))
        expect(skeleton).toBe(known.skeleton)
        const named = known.texts.map((text) => {
          if (text === 'Security') return channel
          if (text === 'eve') return user
          return text
            .replace('Maker', () => folder)
            .replace(/(?<![\w])Sync$/, () => task)
            .replace('a.exe', () => file)
        })
        expect(texts.map(trimmed)).toEqual(named.map(trimmed))
      }),
    )
  })

  // A path is trimmed where it is told apart from its arguments.
  const trimmed = (text: string): string => text.replaceAll('"', '').trim()

  test('writes a plain name as it is', () => {
    expect(lines('PowerShell', { task: "Bob's task" })).toContain("GetTask('Bob''s task')")
  })
})

/** A line of cmd.exe: what stands outside of double quotes, and what in them. */
function cmd(line: string): { skeleton: string; texts: string[] } {
  const parts = line.split('"')
  expect(parts.length % 2).toBe(1)
  return {
    skeleton: parts.filter((_, place) => place % 2 === 0).join('⟦⟧'),
    texts: parts.filter((_, place) => place % 2 === 1),
  }
}

describe.each(['schtasks', 'Defender'])('%s', (tool) => {
  const known = new Set(
    lines(tool)
      .split('\n')
      .map((line) => cmd(line).skeleton),
  )

  test('takes a name for one argument, or leaves the line out', () => {
    fc.assert(
      fc.property(part, part, part, part, part, (folder, task, file, user, channel) => {
        for (const line of lines(tool, { folder, task, file, user, channel }).split('\n')) {
          const { skeleton, texts } = cmd(line)
          expect(known).toContain(skeleton)
          for (const text of texts) {
            // Our own folder is the only one with a variable, and Windows writes the slash in a log's name so.
            expect(text.replace('%SystemDrive%', '').replaceAll('%4', '')).not.toMatch(
              /[%!\p{C}\u2018-\u201f\uff02\uff05]/u,
            )
            if (text !== '%SystemDrive%\\tasktrail-case\\') expect(text).not.toMatch(/\\$/)
          }
        }
      }),
    )
  })

  test('says so where a name cannot be written', () => {
    const hostile = steps(tool, { task: '"&calc&"' })
    expect(hostile.find(({ title }) => title === 'Delete the task')).toMatchObject({
      lines: [],
      note: expect.stringContaining('PowerShell'),
    })
  })
})

test('Velociraptor is given the very lines of PowerShell', () => {
  fc.assert(
    fc.property(part, part, (folder, task) => {
      const given = { folder: folder.toWellFormed(), task: task.toWellFormed() }
      const scripts = steps('PowerShell', given)
        .slice(0, -1)
        .filter((step) => step.lines.length > 0)
        .map((step) => step.lines.join('\n'))
      const commands = steps('Velociraptor', given)
        .flatMap((step) => step.lines)
        .filter((line) => line.includes('Windows.System.PowerShell'))
      const read = commands.map((line) => {
        const [, raw] = /Command='''([\s\S]*?)'''\)\) FROM scope\(\)$/.exec(line) ?? []
        if (raw !== undefined) return raw
        const [, base64 = ''] = /Command=base64decode\(string='([\w+/=]*)'\)\)\) FROM scope\(\)$/.exec(line) ?? []
        return Buffer.from(base64, 'base64').toString('utf8')
      })
      expect(read).toEqual(scripts)
    }),
  )
})

test('the evidence is kept before anything is changed, and the account comes last', () => {
  expect(steps('PowerShell').map(({ title }) => title)).toEqual([
    'Keep the evidence and export the definition',
    'Disable the task',
    'End its run',
    'Kill what it started',
    'Delete the task',
    'Collect what it ran',
    'Reset the account',
  ])
})

test('a process that took the id over is not ended', () => {
  expect(lines('PowerShell')).toContain('$p.StartTime')
})

test('a computer has no password to reset', () => {
  expect(steps('PowerShell', { user: 'WS1$' }).at(-1)?.lines).toEqual([])
})

test('of a cleared log only what is left is kept, and whoever cleared it is dealt with', () => {
  const finding = findingJson(
    {
      chain: madeClearedLog({ by: { user: 'CORP\\eve' } }),
      verdict: 'not-run',
      score: { bits: 3, severity: 'low', factors: [] },
      ...{ baseline: null, settings: null },
    },
    [],
  )
  for (const { steps: all } of containment(finding))
    expect(all.map(({ title }) => title)).toEqual(['Keep what is left', 'Reset the account'])
})

test('all that is to be typed at once tells its steps as that tool’s remarks, and as nothing where it has none', () => {
  const finding = findingJson(
    {
      chain: madeChain(),
      verdict: 'outlier',
      score: { bits: 9, severity: 'medium', factors: [] },
      baseline: null,
      settings: null,
    },
    [],
  )
  const first = Object.fromEntries(containment(finding).map((way) => [way.name, allOf(way).split('\n')[0]]))
  expect(first).toMatchObject({
    PowerShell: '# Keep the evidence and export the definition',
    schtasks: 'rem Keep the evidence and export the definition',
    Velociraptor: '-- Keep the evidence and export the definition',
    Defender: expect.stringMatching(/^getfile /),
  })
})

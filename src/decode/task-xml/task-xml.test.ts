import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDefinition, readDefinitionBytes } from './index.ts'
import { MAX_CHARACTERS } from './read-definition.ts'

const namespace = 'http://schemas.microsoft.com/windows/2004/02/mit/task'
const task = (body: string) =>
  `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="${namespace}">${body}</Task>`
const calc = '<Actions Context="Author"><Exec><Command>calc.exe</Command></Exec></Actions>'

/** What impacket's atexec registers, as 4698 shows it. */
const atexec = task(`
  <Triggers><CalendarTrigger><StartBoundary>2015-07-15T20:35:13.2757294</StartBoundary><Enabled>true</Enabled>
    <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>
  <Principals><Principal id="LocalSystem"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings><Hidden>true</Hidden><ExecutionTimeLimit>P3D</ExecutionTimeLimit></Settings>
  <Actions Context="LocalSystem"><Exec><Command>cmd.exe</Command>
    <Arguments>/C whoami &gt; %windir%\\Temp\\b.tmp 2&gt;&amp;1</Arguments></Exec></Actions>
  <RegistrationInfo><URI>\\b</URI></RegistrationInfo>`)

describe('a definition', () => {
  test('is read whole, in whatever order its sections stand', () => {
    const { definition, problem } = readDefinition(atexec)
    expect(problem).toBeNull()
    expect(definition).toEqual({
      registrationInfo: {
        author: null,
        date: null,
        description: null,
        source: null,
        uri: '\\b',
        securityDescriptor: null,
      },
      triggers: [
        {
          kind: 'calendar',
          enabled: true,
          startBoundary: '2015-07-15T20:35:13.2757294',
          endBoundary: null,
          repetitionInterval: null,
          delay: null,
          userId: null,
          subscription: null,
        },
      ],
      principals: [
        {
          id: 'LocalSystem',
          userId: 'S-1-5-18',
          groupId: null,
          logonType: null,
          runLevel: 'HighestAvailable',
          requiredPrivileges: [],
        },
      ],
      settings: {
        enabled: true,
        hidden: true,
        allowStartOnDemand: true,
        startWhenAvailable: false,
        deleteExpiredTaskAfter: null,
        executionTimeLimit: 'P3D',
      },
      actions: [
        {
          kind: 'exec',
          command: 'cmd.exe',
          arguments: '/C whoami > %windir%\\Temp\\b.tmp 2>&1',
          workingDirectory: null,
        },
      ],
    })
  })

  test('that leaves everything out has the defaults of the schema', () => {
    const { definition } = readDefinition(task(`<Triggers><BootTrigger/></Triggers>${calc}`))
    expect(definition?.settings).toEqual({
      enabled: true,
      hidden: false,
      allowStartOnDemand: true,
      startWhenAvailable: false,
      deleteExpiredTaskAfter: null,
      executionTimeLimit: 'PT72H',
    })
    expect(definition?.triggers[0]).toMatchObject({ kind: 'boot', enabled: true })
  })

  test('has every kind of action, in order', () => {
    const { definition } = readDefinition(
      task(`<Actions><Exec><Command>a</Command><WorkingDirectory>c:\\</WorkingDirectory></Exec><ComHandler><ClassId>{X}</ClassId>
        <Data><![CDATA[timer]]></Data></ComHandler><SendEmail><Server>s</Server><To>t</To><Subject>u</Subject></SendEmail>
        <ShowMessage><Title>t</Title><Body>b</Body></ShowMessage><Whatever/></Actions>`),
    )
    expect(definition?.actions).toEqual([
      { kind: 'exec', command: 'a', arguments: null, workingDirectory: 'c:\\' },
      { kind: 'com-handler', classId: '{X}', data: 'timer' },
      { kind: 'send-email', server: 's', to: 't', subject: 'u' },
      { kind: 'show-message', title: 't', body: 'b' },
    ])
  })

  test.each([
    ['Boot', 'boot'],
    ['Logon', 'logon'],
    ['Time', 'time'],
    ['Calendar', 'calendar'],
    ['Event', 'event'],
    ['Idle', 'idle'],
    ['Registration', 'registration'],
    ['SessionStateChange', 'session-state-change'],
    ['WnfStateChange', 'wnf-state-change'],
  ])('has a %sTrigger', (name, kind) => {
    const xml = task(
      `<Triggers><${name}Trigger><Enabled>0</Enabled><Repetition><Interval>PT1M</Interval></Repetition><UserId>A\\b</UserId>
      <Delay>PT5M</Delay><Subscription>&lt;QueryList/&gt;</Subscription></${name}Trigger></Triggers>${calc}`,
    )
    expect(readDefinition(xml).definition?.triggers).toMatchObject([
      {
        kind,
        enabled: false,
        repetitionInterval: 'PT1M',
        userId: 'A\\b',
        delay: 'PT5M',
        subscription: '<QueryList/>',
      },
    ])
  })

  test('keeps the privileges that its principal asks for', () => {
    const xml = task(
      `<Principals><Principal><GroupId>S-1-5-32-544</GroupId><LogonType>Group</LogonType><RequiredPrivileges>
        <Privilege>SeDebugPrivilege</Privilege><Privilege>SeTcbPrivilege</Privilege></RequiredPrivileges></Principal></Principals>${calc}`,
    )
    expect(readDefinition(xml).definition?.principals).toEqual([
      {
        id: null,
        userId: null,
        groupId: 'S-1-5-32-544',
        logonType: 'Group',
        runLevel: 'LeastPrivilege',
        requiredPrivileges: ['SeDebugPrivilege', 'SeTcbPrivilege'],
      },
    ])
  })

  test('may use any prefix for its elements', () => {
    const xml = `<t:Task xmlns:t="${namespace}"><t:Actions><t:Exec><t:Command>x</t:Command></t:Exec></t:Actions></t:Task>`
    expect(readDefinition(xml)).toMatchObject({ problem: null, definition: { actions: [{ command: 'x' }] } })
  })

  test('does not hide an action in a second list', () => {
    expect(readDefinition(task(calc + calc)).definition?.actions).toHaveLength(2)
  })

  test('that an export escaped as a whole is the same definition', () => {
    const once = atexec.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    expect(readDefinition(once)).toEqual(readDefinition(atexec))
  })
})

describe('a broken definition is a value with the reason', () => {
  test('a truncated one gives what could be read', () => {
    const { definition, problem } = readDefinition(atexec.slice(0, atexec.indexOf('</Arguments>')))
    expect(definition?.actions).toMatchObject([{ command: 'cmd.exe' }])
    expect(problem).toContain('truncated')
  })

  test.each([
    ['nothing', '', 'empty'],
    ['a document type', `<!DOCTYPE Task [<!ENTITY a "calc">]>${task(calc)}`, 'DOCTYPE'],
    ['an entity declaration', `<!ENTITY a "calc">${task(calc)}`, 'ENTITY'],
    ['another document', '<html/>', '<html>'],
    ['no XML', 'Access denied', 'no XML'],
    ['deep nesting', task('<a>'.repeat(40)), 'deeper than 32'],
    ['too many elements', task('<a/>'.repeat(20_000)), 'more than 10000'],
    ['an element without an end', task('<Actions><Exec><Command>x</Actions>'), '<Command> has no end'],
    ['another namespace', '<Task xmlns="urn:x"><Actions><ComHandler/></Actions></Task>', 'urn:x'],
    ['no action', task(''), 'no action'],
    ['an action without a command', task('<Actions><Exec/></Actions>'), 'without a command'],
    ['too long', `${' '.repeat(10)}${task(calc + ' '.repeat(MAX_CHARACTERS))}`, `first ${MAX_CHARACTERS}`],
  ])('%s', (_, xml, reason) => {
    expect(readDefinition(xml).problem).toContain(reason)
  })

  test('nothing of a document with a document type is believed', () => {
    expect(readDefinition(`<!DOCTYPE Task>${task(calc)}`).definition).toBeNull()
  })

  test('any text gives a value', () => {
    const piece = fc.constantFrom(
      '<Task>',
      '</Task>',
      '<Actions>',
      '<Exec>',
      '<Command>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '&lt;',
    )
    const text = fc.array(fc.oneof(piece, fc.string())).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, (xml) => {
        const { definition, problem } = readDefinition(xml)
        expect(definition !== null || problem !== null).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test.each(['<a>', '<', '<a ', '&lt;', '&amp;', '</a>', '<![CDATA[', 'x="', '<!--', '<?', '<!a>'])(
    'a megabyte of %s ends soon',
    (piece) => {
      const started = performance.now()
      readDefinition(`<Task>${piece.repeat(MAX_CHARACTERS / piece.length)}`)
      readDefinition(piece.repeat(MAX_CHARACTERS / piece.length))
      expect(performance.now() - started).toBeLessThan(5000) // a quadratic reader needs minutes
    },
  )
})

describe('a task file', () => {
  const utf16 = (text: string, bigEndian = false) => {
    const bytes = Buffer.from(text, 'utf16le')
    return new Uint8Array(bigEndian ? bytes.swap16() : bytes)
  }
  const text = task('<Actions><Exec><Command>C:\\Bücher\\漢.exe</Command></Exec></Actions>')
  const expected = { problem: null, definition: { actions: [{ command: 'C:\\Bücher\\漢.exe' }] } }

  test.each([
    ['UTF-16 LE with a mark', utf16(`\ufeff${text}`)],
    ['UTF-16 BE with a mark', utf16(`\ufeff${text}`, true)],
    ['UTF-16 LE without', utf16(text)],
    ['UTF-16 BE without', utf16(text, true)],
    ['UTF-8 that claims to be UTF-16', new Uint8Array(Buffer.from(text))],
    ['UTF-8 with a mark', new Uint8Array(Buffer.from(`\ufeff${text}`))],
    ['UTF-16 that claims to be UTF-8', utf16(`\ufeff${text.replace('UTF-16', 'UTF-8')}`)],
  ])('in %s', (_, bytes) => {
    expect(readDefinitionBytes(bytes)).toMatchObject(expected)
  })

  test('in a code page is read, and said so unless it declares it', () => {
    const latin = (encoding: string) =>
      new Uint8Array(Buffer.from(text.replace('UTF-16', encoding).replace('漢', 'ß'), 'latin1'))
    expect(readDefinitionBytes(latin('windows-1252'))).toMatchObject({
      problem: null,
      definition: { actions: [{ command: 'C:\\Bücher\\ß.exe' }] },
    })
    expect(readDefinitionBytes(latin('UTF-8')).problem).toContain('windows-1252')
  })

  test('of any bytes gives a value', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readDefinitionBytes(bytes)))
  })
})

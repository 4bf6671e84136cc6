/** Claims from the published schema: [MS-TSCH] 2.5, https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultSettings, emptyDefinition } from '../../model/definition.ts'
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

/** What stands in the list of that name, read. */
const triggerOf = (xml: string) => readDefinition(task(`<Triggers>${xml}</Triggers>${calc}`)).definition?.triggers[0]
const actionOf = (xml: string) => readDefinition(task(`<Actions>${xml}</Actions>`)).definition?.actions[0]

describe('a definition', () => {
  test('is read whole, in whatever order its sections stand', () => {
    expect(readDefinition(atexec)).toEqual({
      problem: null,
      definition: {
        ...emptyDefinition,
        version: '1.2',
        registrationInfo: { ...emptyDefinition.registrationInfo, uri: '\\b' },
        triggers: [
          {
            kind: 'calendar',
            id: null,
            enabled: true,
            startBoundary: '2015-07-15T20:35:13.2757294',
            endBoundary: null,
            repetition: null,
            executionTimeLimit: null,
            randomDelay: null,
            schedule: { by: 'day', daysInterval: 1 },
          },
        ],
        principals: [
          {
            id: 'LocalSystem',
            userId: 'S-1-5-18',
            groupId: null,
            displayName: null,
            logonType: null,
            runLevel: 'HighestAvailable',
            processTokenSidType: null,
            requiredPrivileges: [],
          },
        ],
        settings: { ...defaultSettings, hidden: true, executionTimeLimit: 'P3D' },
        actionsContext: 'LocalSystem',
        actions: [
          {
            kind: 'exec',
            id: null,
            command: 'cmd.exe',
            arguments: '/C whoami > %windir%\\Temp\\b.tmp 2>&1',
            workingDirectory: null,
            hideAppWindow: false,
          },
        ],
      },
    })
  })

  test('that leaves everything out has the defaults of the schema', () => {
    const { definition } = readDefinition(task(`<Triggers><BootTrigger/></Triggers>${calc}`))
    expect(definition?.settings).toEqual(defaultSettings)
    expect(definition?.triggers[0]).toMatchObject({ kind: 'boot', enabled: true, delay: null })
  })

  test('keeps its data and what registered it', () => {
    const { definition } = readDefinition(
      task(`<RegistrationInfo><Date>2024-05-01T09:00:00</Date><Author>A\\b</Author><Version>1.0</Version>
        <Description>d</Description><Documentation>doc</Documentation><Source>s</Source><URI>\\x</URI>
        <SecurityDescriptor>D:P(A;;FA;;;SY)</SecurityDescriptor></RegistrationInfo><Data>x <a b="c">y</a></Data>${calc}`),
    )
    expect(definition?.registrationInfo).toEqual({
      date: '2024-05-01T09:00:00',
      author: 'A\\b',
      version: '1.0',
      description: 'd',
      documentation: 'doc',
      source: 's',
      uri: '\\x',
      securityDescriptor: 'D:P(A;;FA;;;SY)',
    })
    expect(definition?.data).toBe('x<a b="c">y</a>')
  })

  test('keeps the privileges that its principal asks for', () => {
    const xml = task(
      `<Principals><Principal><GroupId>S-1-5-32-544</GroupId><DisplayName>n</DisplayName>
        <ProcessTokenSidType>Unrestricted</ProcessTokenSidType><RequiredPrivileges><Privilege>SeDebugPrivilege</Privilege>
        <Privilege>SeTcbPrivilege</Privilege></RequiredPrivileges></Principal></Principals>${calc}`,
    )
    expect(readDefinition(xml).definition?.principals).toMatchObject([
      {
        groupId: 'S-1-5-32-544',
        displayName: 'n',
        processTokenSidType: 'Unrestricted',
        requiredPrivileges: ['SeDebugPrivilege', 'SeTcbPrivilege'],
      },
    ])
  })

  test('has settings of every kind, wrong ones as if they were not said', () => {
    const settings = (xml: string) => readDefinition(task(`<Settings>${xml}</Settings>${calc}`)).definition?.settings
    expect(
      settings(`<RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
        <MultipleInstancesPolicy>StopExisting</MultipleInstancesPolicy><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
        <NetworkSettings><Name>n</Name></NetworkSettings><Priority>4</Priority><Volatile>true</Volatile>
        <IdleSettings><Duration>PT2M</Duration></IdleSettings><DeleteExpiredTaskAfter>PT0S</DeleteExpiredTaskAfter>
        <MaintenanceSettings><Period>P2D</Period><Deadline>P14D</Deadline></MaintenanceSettings>`),
    ).toEqual({
      ...defaultSettings,
      restartOnFailure: { interval: 'PT1M', count: 3 },
      multipleInstancesPolicy: 'StopExisting',
      disallowStartIfOnBatteries: false,
      networkSettings: { name: 'n', id: null },
      priority: 4,
      volatile: true,
      idleSettings: { ...defaultSettings.idleSettings, duration: 'PT2M' },
      deleteExpiredTaskAfter: 'PT0S',
      maintenanceSettings: { period: 'P2D', deadline: 'P14D', exclusive: false },
    })
    expect(
      settings('<Priority>99</Priority><MultipleInstancesPolicy>x</MultipleInstancesPolicy><Hidden>maybe</Hidden>'),
    ).toEqual(defaultSettings)
  })

  test('may use any prefix for its elements', () => {
    const xml = `<t:Task xmlns:t="${namespace}"><t:Actions><t:Exec><t:Command>x</t:Command></t:Exec></t:Actions></t:Task>`
    expect(readDefinition(xml)).toMatchObject({ problem: null, definition: { actions: [{ command: 'x' }] } })
  })

  test.each(['RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Data', 'Actions'])(
    'has one <%s> at most',
    (name) => {
      const twice = `<${name}/><${name}/>`
      expect(readDefinition(task(calc + twice)).problem).toBe(`more than one <${name}>, so that Windows refuses it`)
    },
  )

  test('names no entity but those of XML, wherever it stands', () => {
    for (let at = 3900; at < 4200; at++) {
      const xml = task(`${calc}<Data>${'x'.repeat(at)}&evil;</Data>`)
      expect(readDefinition(xml).problem, `${at}`).toMatch(/&evil; is defined nowhere/)
    }
    expect(readDefinition(task(calc.replace('"Author"', '"&a.b;"'))).problem).toMatch(/&a\.b; is defined nowhere/)
    const sound = '&amp;evil; &#65;b; &#x41; &lt;a; <![CDATA[&evil;]]> <!-- &evil; --> a & b; c'
    expect(readDefinition(task(`${calc}<Data>${sound}</Data>`)).problem).toBeNull()
  })

  test('does not hide an action in a second list', () => {
    expect(readDefinition(task(calc + calc)).definition?.actions).toHaveLength(2)
  })

  test('that an export escaped as a whole is the same definition', () => {
    const once = atexec.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    expect(readDefinition(once)).toEqual(readDefinition(atexec))
  })
})

describe('an action', () => {
  test('is a program', () => {
    expect(
      actionOf(`<Exec id="x"><Command>a</Command><Arguments>b</Arguments><WorkingDirectory>c:\\</WorkingDirectory>
        <HideAppWindow>true</HideAppWindow></Exec>`),
    ).toEqual({ kind: 'exec', id: 'x', command: 'a', arguments: 'b', workingDirectory: 'c:\\', hideAppWindow: true })
  })

  test('is a COM handler with data of any content', () => {
    expect(actionOf('<ComHandler><ClassId>{X}</ClassId><Data><![CDATA[timer]]></Data></ComHandler>')).toEqual({
      kind: 'com-handler',
      id: null,
      classId: '{X}',
      data: 'timer',
    })
    expect(actionOf('<ComHandler><ClassId>{X}</ClassId><Data><a>&lt;</a></Data></ComHandler>')).toMatchObject({
      data: '<a>&#60;</a>',
    })
  })

  test('is a mail with everything in it', () => {
    expect(
      actionOf(`<SendEmail><Server>s</Server><Subject>u</Subject><To>t</To><Cc>c</Cc><Bcc>b</Bcc><ReplyTo>r</ReplyTo>
        <From>f</From><HeaderFields><HeaderField><Name>n</Name><Value>v</Value></HeaderField></HeaderFields><Body>text</Body>
        <Attachments><File>a.txt</File></Attachments></SendEmail>`),
    ).toEqual({
      kind: 'send-email',
      id: null,
      server: 's',
      subject: 'u',
      to: 't',
      cc: 'c',
      bcc: 'b',
      replyTo: 'r',
      from: 'f',
      headerFields: [{ name: 'n', value: 'v' }],
      body: 'text',
      attachments: ['a.txt'],
    })
  })

  test('is a message', () => {
    expect(actionOf('<ShowMessage><Title>t</Title><Body>b</Body></ShowMessage>')).toEqual({
      kind: 'show-message',
      id: null,
      title: 't',
      body: 'b',
    })
  })
})

describe('a trigger', () => {
  const common = `<Enabled>0</Enabled><StartBoundary>2024-05-01T09:00:00</StartBoundary><EndBoundary>2025-05-01T09:00:00</EndBoundary>
    <Repetition><Interval>PT1M</Interval><Duration>PT1H</Duration><StopAtDurationEnd>true</StopAtDurationEnd></Repetition>
    <ExecutionTimeLimit>PT5M</ExecutionTimeLimit>`

  test.each([
    ['Boot', 'boot', '<Delay>PT5M</Delay>', { delay: 'PT5M' }],
    ['Registration', 'registration', '<Delay>PT5M</Delay>', { delay: 'PT5M' }],
    ['Idle', 'idle', '', {}],
    ['Time', 'time', '<RandomDelay>PT5M</RandomDelay>', { randomDelay: 'PT5M' }],
    ['Calendar', 'calendar', '<RandomDelay>PT5M</RandomDelay>', { randomDelay: 'PT5M', schedule: null }],
    ['Logon', 'logon', '<UserId>A\\b</UserId><Delay>PT5M</Delay>', { userId: 'A\\b', delay: 'PT5M' }],
    [
      'SessionStateChange',
      'session-state-change',
      '<StateChange>SessionUnlock</StateChange><UserId>A\\b</UserId>',
      { stateChange: 'SessionUnlock', userId: 'A\\b', delay: null },
    ],
    [
      'WnfStateChange',
      'wnf-state-change',
      '<StateName>7508BCA3380C960C</StateName><Data>01</Data><DataOffset>0</DataOffset>',
      { stateName: '7508BCA3380C960C', data: '01', dataOffset: '0', delay: null },
    ],
    [
      'Event',
      'event',
      `<Subscription>&lt;QueryList/&gt;</Subscription><PeriodOfOccurrence>PT1M</PeriodOfOccurrence>
       <NumberOfOccurrences>3</NumberOfOccurrences><MatchingElement>m</MatchingElement>
       <ValueQueries><Value name="n">Event/System/Level</Value></ValueQueries>`,
      {
        subscription: '<QueryList/>',
        delay: null,
        periodOfOccurrence: 'PT1M',
        numberOfOccurrences: 3,
        matchingElement: 'm',
        valueQueries: [{ name: 'n', value: 'Event/System/Level' }],
      },
    ],
  ])('of kind %s', (name, kind, xml, expected) => {
    expect(triggerOf(`<${name}Trigger id="i">${common}${xml}</${name}Trigger>`)).toEqual({
      kind,
      id: 'i',
      enabled: false,
      startBoundary: '2024-05-01T09:00:00',
      endBoundary: '2025-05-01T09:00:00',
      repetition: { interval: 'PT1M', duration: 'PT1H', stopAtDurationEnd: true },
      executionTimeLimit: 'PT5M',
      ...expected,
    })
  })

  test.each([
    ['<ScheduleByDay><DaysInterval>2</DaysInterval></ScheduleByDay>', { by: 'day', daysInterval: 2 }],
    ['<ScheduleByDay/>', { by: 'day', daysInterval: 1 }],
    [
      '<ScheduleByWeek><WeeksInterval>2</WeeksInterval><DaysOfWeek><Friday/><Monday /><Someday/></DaysOfWeek></ScheduleByWeek>',
      { by: 'week', weeksInterval: 2, daysOfWeek: ['Friday', 'Monday'] },
    ],
    [
      '<ScheduleByMonth><DaysOfMonth><Day>1</Day><Day>Last</Day><Day>99</Day></DaysOfMonth><Months><May/></Months></ScheduleByMonth>',
      { by: 'month', daysOfMonth: [1, 'Last'], months: ['May'] },
    ],
    [
      '<ScheduleByMonthDayOfWeek><Weeks><Week>2</Week></Weeks><DaysOfWeek><Sunday/></DaysOfWeek></ScheduleByMonthDayOfWeek>',
      { by: 'month-day-of-week', weeks: [2], daysOfWeek: ['Sunday'], months: [] },
    ],
  ])('of the calendar by %s', (xml, schedule) => {
    expect(triggerOf(`<CalendarTrigger>${xml}</CalendarTrigger>`)).toMatchObject({ kind: 'calendar', schedule })
  })

  test('that is none of the schema is left out', () => {
    expect(triggerOf('<OtherTrigger/>')).toBeUndefined()
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
      const started = process.cpuUsage()
      readDefinition(`<Task>${piece.repeat(MAX_CHARACTERS / piece.length)}`)
      readDefinition(piece.repeat(MAX_CHARACTERS / piece.length))
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(30_000) // a quadratic reader needs minutes
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

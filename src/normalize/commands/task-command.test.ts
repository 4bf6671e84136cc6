import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskCommand } from '../../model/command.ts'
import { askedBy, type StartedProcess, taskCommands } from './index.ts'

const taskCommand = (process: StartedProcess) => askedBy(process).command

const system32 = 'C:\\Windows\\System32'

/** Only what the command says, in its short form. */
function said(command: TaskCommand | null): Partial<TaskCommand> | null {
  const { definition: _, ...short } = command ?? {}
  return command && Object.fromEntries(Object.entries(short).filter(([, value]) => value !== null && value !== false))
}

function of(commandLine: string, image = imageOf(commandLine), originalFileName: string | null = null) {
  return said(taskCommand({ image, originalFileName, commandLine }))
}

const imageOf = (commandLine: string) => `${system32}\\${commandLine.split(' ', 1)[0]}.exe`.replace('.exe.exe', '.exe')

describe('schtasks', () => {
  test('creates, with everything in any order, case and with either switch character', () => {
    const expected = {
      tool: 'schtasks',
      verb: 'create',
      task: '\\Folder\\Name',
      target: 'srv1',
      connectAs: 'me',
      action: 'C:\\a b\\c.exe /x',
      runAs: 'SYSTEM',
      schedule: 'ONLOGON',
      highest: true,
    }
    expect(
      of(
        'schtasks /create /s srv1 /u me /p pw /ru SYSTEM /sc onlogon /tn Folder\\Name /tr "C:\\a b\\c.exe /x" /rl highest /f',
      ),
    ).toEqual(expected)
    expect(
      of(
        'schtasks -F -RL Highest -TR "C:\\a b\\c.exe /x" -TN \\Folder\\Name -SC OnLogon -RU SYSTEM -S \\\\srv1 -U me -Create',
      ),
    ).toEqual(expected)
  })

  test.each([
    ['/change /tn x /tr y', 'change'],
    ['/Change /TN x /disable', 'disable'],
    ['/change /enable /tn x', 'enable'],
    ['/delete /tn x /f', 'delete'],
    ['/run /tn x /i', 'run'],
    ['/end /tn x', 'end'],
    ['/query /tn x /fo csv /v /nh', 'query'],
    ['/showsid /tn x', 'query'],
  ])('%s is a %s', (args, verb) => {
    expect(of(`schtasks ${args}`)).toMatchObject({ verb, task: '\\x' })
  })

  test('without arguments lists the tasks; asking for help asks for nothing else', () => {
    expect(of('schtasks')).toEqual({ tool: 'schtasks', verb: 'query' })
    expect(of('schtasks /create /?')).toBeNull()
  })

  test('takes a value glued on in quotes or after a colon', () => {
    expect(of('schtasks /create /tn"My Task" /tr:"C:\\a b.exe" /sc:daily')).toMatchObject({
      task: '\\My Task',
      action: 'C:\\a b.exe',
      schedule: 'DAILY',
    })
  })

  test('/i of /run is no value, /i of /create is', () => {
    expect(of('schtasks /run /i /tn "\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup"')).toMatchObject({
      task: '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup',
    })
    expect(of('schtasks /create /sc onidle /i 10 /tn x /tr y')).toMatchObject({ schedule: 'ONIDLE', task: '\\x' })
  })

  test('a password may be left out', () => {
    expect(of('schtasks /create /s h /u me /p /ru x /rp /tn t /tr y')).toMatchObject({
      target: 'h',
      runAs: 'x',
      task: '\\t',
    })
  })

  test('an empty /ru is the system account', () => {
    expect(of('schtasks /create /tn x /tr y /ru ""')).toMatchObject({ runAs: 'SYSTEM' })
  })

  test.each(['localhost', '127.0.0.1', '.'])('/s %s is this host', (name) => {
    expect(of(`schtasks /create /s ${name} /tn x /tr y`)).not.toHaveProperty('target')
  })

  test('/tr with escaped quotes is the command line that the task will have', () => {
    expect(
      of(
        'schtasks /Create /F /SC DAILY /ST 09:00 /TN M /TR "C:\\p.exe -NonI -c \\"IEX ((gp HKCU:\\S debug).debug)\\""',
      ),
    ).toMatchObject({ action: 'C:\\p.exe -NonI -c "IEX ((gp HKCU:\\S debug).debug)"' })
  })

  test('/tr takes single quotes around the program for double ones', () => {
    expect(of(`schtasks /create /tn x /tr "'C:\\Program Files\\a.exe' /x"`)).toMatchObject({
      action: '"C:\\Program Files\\a.exe" /x',
    })
  })

  test('variables stay text, doubled percent signs are one', () => {
    expect(of('schtasks /create /tn x /tr "%windir%\\a %%TEMP%%\\b"')).toMatchObject({
      action: '%windir%\\a %TEMP%\\b',
    })
  })

  test('/xml of /create is a file, of /query a form', () => {
    expect(of('schtasks -create -tn a\\b -xml C.xml -F')).toMatchObject({ task: '\\a\\b', xmlFile: 'C.xml' })
    expect(of('schtasks /query /xml /tn x')).toEqual({ tool: 'schtasks', verb: 'query', task: '\\x' })
  })

  test.each(['sctasks.exe', 'schtasks.exe'])('a copy under another name is known by its original name %s', (name) => {
    expect(of('x.exe /run /tn t', 'C:\\Users\\Public\\x.exe', name)).toMatchObject({ verb: 'run', task: '\\t' })
  })

  test('a command line without the program in front is read too', () => {
    expect(of('/delete /tn x /f', `${system32}\\schtasks.exe`)).toMatchObject({ verb: 'delete', task: '\\x' })
  })

  test('another program with such arguments is none', () => {
    expect(of('backup.exe /create /tn x /tr y', 'C:\\backup.exe', 'backup.exe')).toBeNull()
    expect(of('"C:\\x\\OfficeC2RClient.exe" /frequentupdate SCHEDULEDTASK', 'C:\\x\\OfficeC2RClient.exe')).toBeNull()
  })
})

describe('at', () => {
  test.each([
    ['at', { verb: 'query' }],
    ['at \\\\srv', { verb: 'query', target: 'srv' }],
    ['at 3', { verb: 'query', task: '\\At3' }],
    ['at \\\\srv 3 /delete', { verb: 'delete', target: 'srv', task: '\\At3' }],
    ['at /delete /yes', { verb: 'delete' }],
    ['at  13:20 /interactive cmd', { verb: 'create', action: 'cmd', schedule: 'ONCE' }],
    [
      'at \\\\srv 1:20p /every:M,T "cmd /c x"',
      { verb: 'create', target: 'srv', action: 'cmd /c x', schedule: 'WEEKLY' },
    ],
    ['at 13:20 /every:1,15 a b', { verb: 'create', action: 'a b', schedule: 'MONTHLY' }],
    ['at 13:20 /next:F a', { verb: 'create', action: 'a', schedule: 'ONCE' }],
  ])('%s', (commandLine, expected) => {
    expect(of(commandLine)).toEqual({ tool: 'at', ...expected })
  })

  test('what at would refuse is nothing', () => {
    expect(of('at home')).toBeNull()
  })
})

describe('cmd', () => {
  test('the outer quotes of /c go, those inside stay', () => {
    const commandLine =
      'cmd.exe /c "schtasks /create /tn "A" /sc onlogon /tr "cmd.exe /c calc.exe" & schtasks /create /tn "B" /tr "x""'
    const all = taskCommands({ image: 'cmd.exe', originalFileName: null, commandLine })
    expect(all.map(({ task, action }) => [task, action])).toEqual([
      ['\\A', 'cmd.exe /c calc.exe'],
      ['\\B', 'x'],
    ])
  })

  test('of what one line asks more than one thing, further tasks that it makes, changes or runs are told', () => {
    const more = (commandLine: string) =>
      askedBy({ image: 'cmd.exe', originalFileName: null, commandLine }).moreCommands?.map(({ verb, task }) => [
        verb,
        task,
      ]) ?? null
    const make = (name: string) => `schtasks /create /tn ${name} /tr x`
    expect(more(`cmd /c ${make('A')} & ${make('B')} & schtasks /run /tn a`)).toEqual([
      ['create', '\\B'],
      ['run', '\\a'],
    ])
    expect(more(`cmd /c ${make('A')} & schtasks /query & schtasks /delete /tn A & ${make('a')}`)).toBeNull()
    expect(more(`cmd /c schtasks /query & ${make('A')}`)).toBeNull()
  })

  test.each([
    ['cmd /c schtasks /run /tn x', 'no quotes'],
    ['cmd.exe /q /v:on /c"schtasks /run /tn x"', 'glued'],
    ['cmd /c sch^tasks /r^un /tn x', 'carets'],
    ['cmd /c echo a&&schtasks /run /tn x', 'joined by &&'],
    ['cmd /c echo a|schtasks /run /tn x', 'joined by |'],
    ['cmd /c schtasks /run /tn x>nul 2>&1', 'redirected'],
    ['cmd /c start "title" /b schtasks /run /tn x', 'start'],
    ['cmd /c if not exist c:\\a (schtasks /run /tn x) else echo', 'if'],
    ['cmd /c if exist c:\\a (echo a) else schtasks /run /tn x', 'else'],
    ['cmd /c for %i in (1) do @schtasks /run /tn x', 'for'],
    ['cmd /c for %i in (1) do (echo a & schtasks /run /tn x)', 'a block of for'],
    ['cmd /c cmd /c %comspec% /c schtasks /run /tn x', 'nested'],
    ['cmd /c ""C:\\a b\\c.exe" "d"" & schtasks /run /tn x', 'after a quoted program'],
    ['cmd /c "C:\\Windows\\system32\\schtasks.exe" /run /tn x', 'a quoted path'],
    ['forfiles /p c:\\ /c "cmd /c schtasks /run /tn 0x22x0x22"', 'forfiles'],
    ['wmic process call create "schtasks /run /tn x"', 'wmic'],
    ['powershell -c schtasks /run /tn x', 'powershell'],
    ['powershell.exe -nop -w hidden "& schtasks.exe /run /tn x"', 'powershell without -Command'],
  ])('%s (%s)', (commandLine) => {
    expect(of(commandLine)).toEqual({ tool: 'schtasks', verb: 'run', task: '\\x' })
  })

  test('the first creation, change, deletion or run goes before a query', () => {
    expect(of('cmd /c schtasks /query /tn x || schtasks /create /tn x /tr y')).toMatchObject({ verb: 'create' })
  })

  test('the word in a text is no command', () => {
    expect(of('cmd /c echo schtasks /create /tn x /tr y')).toBeNull()
    expect(of('cmd /c meet at 13:20 cmd')).toBeNull()
  })

  test('an action keeps the redirections that stand inside its quotes', () => {
    expect(of('cmd /c schtasks /create /tn x /tr "a > b & c"')).toMatchObject({ action: 'a > b & c' })
  })
})

describe('wmic', () => {
  test('job call create is what at does', () => {
    expect(of('wmic job call create "cmd.exe /c x",0,0,true,********154600.000000-420')).toEqual({
      tool: 'wmi',
      verb: 'create',
      action: 'cmd.exe /c x',
    })
    expect(of('wmic /node:srv job where jobid=7 delete')).toEqual({
      tool: 'wmi',
      verb: 'delete',
      target: 'srv',
      task: '\\At7',
    })
  })

  test('a process created on another host makes its task there', () => {
    expect(of('wmic /node:"srv1" process call create "schtasks /create /tn q /tr \\"cmd /c x\\""')).toEqual({
      tool: 'schtasks',
      verb: 'create',
      target: 'srv1',
      task: '\\q',
      action: 'cmd /c x',
    })
    expect(of('wmic process list brief')).toBeNull()
  })
})

describe('powershell', () => {
  const encoded = (script: string) => Buffer.from(script, 'utf16le').toString('base64')

  test.each(['-EncodedCommand', '-enc', '-e', '/ec', '\u2013en'])('%s is decoded', (name) => {
    expect(of(`powershell -nop -w 1 -sta ${name} ${encoded('schtasks /run /tn e')}`)).toMatchObject({ task: '\\e' })
  })

  test('a script file, an interactive shell and stdin hold no text', () => {
    expect(of('powershell -ep bypass -file x.ps1 Register-ScheduledTask y')).toBeNull()
    expect(of('powershell -noexit')).toBeNull()
    expect(of('powershell -c -')).toBeNull()
  })

  test('quotes that were written for cmd come through', () => {
    const script =
      '& {$Action = New-ScheduledTaskAction -Execute \\""calc.exe\\""\n$User = New-ScheduledTaskPrincipal -GroupId ' +
      '\\""BUILTIN\\Administrators\\"" -RunLevel Highest\n$object = New-ScheduledTask -Action $Action -Principal $User\n' +
      'Register-ScheduledTask AtomicTask -InputObject $object}'
    expect(of(`powershell.exe ${script}`)).toEqual({
      tool: 'powershell',
      verb: 'create',
      task: '\\AtomicTask',
      action: 'calc.exe',
      runAs: 'BUILTIN\\Administrators',
      highest: true,
    })
  })
})

describe('whatever the command line', () => {
  const images = ['schtasks.exe', 'at.exe', 'cmd.exe', 'powershell.exe', 'wmic.exe', 'forfiles.exe']

  test('reading it gives a value', () => {
    const word = fc.constantFrom(
      ...[
        'schtasks',
        ' ',
        '/create',
        '/tn',
        '"',
        '\\"',
        '^',
        '&',
        '|',
        '(',
        ')',
        '{',
        '}',
        'cmd /c',
        'powershell -c',
        '$x',
        '=',
      ],
      ...[
        'Register-ScheduledTask',
        '-TaskName',
        '`',
        "'",
        '@{',
        '@"\n',
        '<#',
        '\n',
        ';',
        ',',
        'at 13:20',
        '+',
        '[a]',
        '.Create(',
      ],
    )
    const text = fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 60 }).map((words) => words.join(''))
    fc.assert(
      fc.property(fc.constantFrom(...images), text, (image, commandLine) => {
        taskCommand({ image, originalFileName: null, commandLine })
      }),
      { numRuns: 3000 },
    )
  })

  test('the time grows with its length alone', () => {
    const pieces = [
      '"',
      '\\"',
      '^',
      '>',
      ' 2>',
      '( ',
      'a(',
      '(a',
      '[',
      '${',
      '"$(',
      '@"\n',
      '-a"b"',
      '$a+=$a;',
      'cmd /c ',
      'a,',
    ]
    for (const image of images) {
      for (const piece of pieces) {
        const started = process.cpuUsage()
        taskCommand({ image, originalFileName: null, commandLine: `x /c ${piece.repeat((1 << 18) / piece.length)}` })
        expect(process.cpuUsage(started).user / 1000, `${image} ${piece}`).toBeLessThan(10_000) // a quadratic reader needs half a minute
      }
    }
  })
})

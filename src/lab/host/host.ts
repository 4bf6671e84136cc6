import { compareInstants, type Instant } from '../../model/time.ts'
import { type CatalogueEvent, NULL_GUID, SYSTEM_SID, type Written } from '../event-catalogue/catalogue-event.ts'
import { extensionBegun, extensionEnded } from '../event-catalogue/group-policy.ts'
import { scriptBlock } from '../event-catalogue/powershell.ts'
import * as security from '../event-catalogue/security.ts'
import * as sysmon from '../event-catalogue/sysmon.ts'
import type { Random } from '../random.ts'
import { later, moment } from './clock.ts'
import { EventLogs } from './event-logs.ts'
import { Identities } from './identities.ts'
import { fileDetails } from './program.ts'
import type { Process, Session, User } from './session.ts'
import { type WindowsVersion, windowsVersions } from './windows.ts'

export type { Process, Session, User } from './session.ts'

export interface HostOptions {
  /** Full name, for example `WS5.example.test`. */
  readonly name: string
  /** NetBIOS name of its domain. */
  readonly domain: string
  readonly address: string
  readonly utcOffsetHours: number
  readonly boot: { readonly time: string; readonly count: number }
  readonly windows?: WindowsVersion
  /** Where given, records are not always numbered in the order of time. */
  readonly disorder?: Random
  /** Whether 4688 records command lines; Sysmon always does. */
  readonly recordsCommandLines?: boolean
  /** The channels that are switched on, with the id of the first record of each. */
  readonly channels: ReadonlyMap<string, number>
}

/** The processes of services.exe and of the services that start others. */
export interface BootServices {
  readonly services: Process
  readonly dcomLaunch: Process
  readonly schedule: Process
  /** Winmgmt's. */
  readonly management: Process
}

type LogonKind = Pick<
  Parameters<typeof security.loggedOn>[1],
  'logonType' | 'process' | 'package' | 'workstation' | 'address' | 'port'
>

/** What 4672 lists of an administrator's logon. Source: a real record. */
const administratorPrivileges = ['SeSecurityPrivilege', 'SeBackupPrivilege', 'SeRestorePrivilege'].concat([
  'SeTakeOwnershipPrivilege',
  'SeDebugPrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeLoadDriverPrivilege',
  'SeImpersonatePrivilege',
])

const CONHOST = 'C:\\Windows\\System32\\conhost.exe'

/** Integrity levels as 4688 names them. Source: [MS-DTYP] 2.4.2.4. */
const labels = { Medium: 'S-1-16-8192', High: 'S-1-16-12288', System: 'S-1-16-16384' }

/**
 * A Windows host that writes what a real one would write of what happens on it. Time only moves when told to: `at`, `wait`,
 * and a little with each event. Process ids, sessions and Sysmon's GUIDs agree over all logs.
 */
export class Host {
  readonly options: HostOptions
  readonly random: Random
  readonly logs: EventLogs
  readonly system: Session
  /** LOCAL SERVICE, which some of Windows' own tasks run as. */
  readonly localService: Session
  /** The kernel, lsass and Sysmon: they were there before the logs began, and write events themselves. */
  kernel: Process
  lsass: Process
  #sysmonPid: number
  readonly #lsassActivity: string
  readonly windows: WindowsVersion
  readonly #identities: Identities
  readonly #running = new Map<number, Process>()
  readonly #modules = new WeakMap<Process, Set<string>>()
  /** Open sessions with their logon type. */
  readonly #sessions = new Map<Session, number>()
  #now: Instant

  constructor(options: HostOptions, random: Random) {
    this.options = options
    this.random = random
    this.logs = new EventLogs(options.name, options.channels, options.disorder ?? null)
    this.#now = moment(options.boot.time)
    this.windows = options.windows ?? windowsVersions['10']
    this.#identities = new Identities(random)
    this.#identities.boot(options.boot.count)
    this.#lsassActivity = random.guid()
    this.system = {
      sid: SYSTEM_SID,
      name: `${this.shortName.toUpperCase()}$`,
      domain: options.domain,
      logonId: 0x3e7,
      user: 'NT AUTHORITY\\SYSTEM',
      logonGuid: this.#identities.guid(this.#now, 0x3e7n),
      terminalSession: 0,
      integrity: 'System',
    }
    this.localService = {
      ...this.system,
      sid: 'S-1-5-19',
      name: 'LOCAL SERVICE',
      domain: 'NT AUTHORITY',
      logonId: 0x3e5,
      user: 'NT AUTHORITY\\LOCAL SERVICE',
      logonGuid: this.#identities.guid(this.#now, 0x3e5n),
    }
    this.kernel = this.#process(null, 'System', '', this.system, 4)
    this.lsass = this.#process(
      null,
      'C:\\Windows\\System32\\lsass.exe',
      'C:\\Windows\\system32\\lsass.exe',
      this.system,
    )
    this.#sysmonPid = this.#nextPid()
  }

  get shortName(): string {
    return this.options.name.split('.')[0] ?? this.options.name
  }

  get now(): Instant {
    return this.#now
  }

  /** Goes to a moment, which must not lie in the past. */
  at(iso: string): void {
    const to = moment(iso)
    if (to.time < this.#now.time) throw new RangeError(`${this.options.name}: ${iso} has passed`)
    this.#now = later(to, this.random.between(0, 900)) // nothing happens on the second
  }

  /** Goes to a planned moment, unless what happened before it took longer. */
  goTo(moment: Instant): void {
    if (compareInstants(this.#now, moment) < 0) this.#now = moment
  }

  wait(milliseconds: number): void {
    this.#now = later(this.#now, milliseconds)
  }

  /** A moment for the next event and a thread that writes it. */
  written(processId: number, activityId?: string): Written {
    this.wait(this.random.between(0.05, 0.4))
    const written = { time: this.#now, processId, threadId: this.random.whole(30, 2000) * 4 }
    return activityId === undefined ? written : { ...written, activityId }
  }

  /** lsass writes audit events of logons and tasks, all under one activity. */
  writtenByLsass(): Written {
    return this.written(this.lsass.pid, this.#lsassActivity)
  }

  writtenBySysmon(): Written {
    return this.written(this.#sysmonPid)
  }

  /** What Sysmon says of the process that does something now. */
  seen(process: Process): sysmon.Seen {
    return {
      seen: later(this.#now, -this.random.between(0.3, 3)),
      guid: process.guid,
      pid: process.pid,
      image: process.image,
    }
  }

  /** The services that start others; `schedule` is the process that the Schedule service lives in. */
  bootServices(): BootServices {
    const windows = (file: string) => `C:\\Windows\\System32\\${file}`
    const services = this.#process(null, windows('services.exe'), 'C:\\Windows\\system32\\services.exe', this.system)
    const service = (group: string) => {
      this.wait(this.random.between(80, 700))
      return this.start(services, windows('svchost.exe'), `C:\\Windows\\system32\\svchost.exe -k ${group}`)
    }
    const isShared = this.windows.scheduleGroup === 'netsvcs'
    const dcomLaunch = service(isShared ? 'DcomLaunch' : 'DcomLaunch -p')
    const schedule = service(this.windows.scheduleGroup)
    const management = isShared ? schedule : service('netsvcs -p -s Winmgmt')
    return { services, dcomLaunch, schedule, management }
  }

  /** Ends everything and starts Windows again: pids and logon ids begin anew. */
  reboot(count: number): BootServices {
    this.#running.clear()
    this.#sessions.clear()
    this.#identities.boot(count)
    this.wait(45_000)
    this.kernel = this.#process(null, 'System', '', this.system, 4)
    const lsass = 'C:\\Windows\\System32\\lsass.exe'
    this.lsass = this.#process(null, lsass, 'C:\\Windows\\system32\\lsass.exe', this.system)
    this.#sysmonPid = this.#nextPid()
    return this.bootServices()
  }

  /** Logs a user on at the console and starts the shell. */
  logOn(user: User, integrity: Session['integrity']): { session: Session; explorer: Process } {
    return this.#logOnWithShell(user, integrity, 1, {
      logonType: 2,
      process: 'User32 ',
      package: 'Negotiate',
      workstation: this.shortName,
      address: '127.0.0.1',
      port: '0',
    })
  }

  /** Logs an administrator on over remote desktop and starts the shell. */
  logOnRemotely(user: User, address: string): { session: Session; explorer: Process } {
    return this.#logOnWithShell(user, 'High', 2, {
      logonType: 10,
      process: 'User32 ',
      package: 'Negotiate',
      workstation: this.shortName,
      address,
      port: '0',
    })
  }

  #logOnWithShell(
    user: User,
    integrity: Session['integrity'],
    terminalSession: number,
    logon: LogonKind,
  ): { session: Session; explorer: Process } {
    const logonId = this.#identities.logonId()
    const session: Session = {
      ...user,
      logonId,
      user: `${user.domain}\\${user.name}`,
      logonGuid: this.#identities.guid(this.#now, BigInt(logonId)),
      terminalSession,
      integrity,
    }
    this.#loggedOn(session, logon)
    this.wait(1800)
    const explorer = this.start(null, 'C:\\Windows\\explorer.exe', 'C:\\Windows\\Explorer.EXE', session)
    return { session, explorer }
  }

  /** A logon over the network with NTLM; address and port are `-` where Windows does not know them. */
  networkLogOn(user: User, address: string, port: string): Session {
    const session: Session = {
      ...user,
      logonId: this.#identities.logonId(),
      user: `${user.domain}\\${user.name}`,
      logonGuid: NULL_GUID,
      terminalSession: 0,
      integrity: 'High',
    }
    this.#loggedOn(session, { logonType: 3, process: 'NtLmSsp ', package: 'NTLM', workstation: '-', address, port })
    return session
  }

  /** `parent` null: started by a process that has gone since (explorer's userinit). */
  start(parent: Process | null, image: string, commandLine: string, session?: Session, directory?: string): Process {
    const inSession = session ?? parent?.session ?? this.system
    this.wait(this.random.between(1, 6))
    const process = this.#process(parent, image, commandLine, inSession)
    const creator = parent?.session ?? inSession
    process.evidence.push(
      this.logs.record(
        security.processCreated(this.written(this.kernel.pid), {
          subject: creator,
          target: creator.logonId === inSession.logonId ? security.NOBODY : inSession,
          pid: process.pid,
          image,
          tokenElevation: inSession.integrity === 'Medium' ? '%%1938' : '%%1936',
          parentPid: parent?.pid ?? this.#nextPid(),
          parentImage: parent?.image ?? 'C:\\Windows\\System32\\userinit.exe',
          commandLine: this.options.recordsCommandLines === false ? '' : commandLine,
          mandatoryLabel: labels[inSession.integrity],
        }),
      ),
      this.logs.record(
        sysmon.processCreated(this.writtenBySysmon(), {
          ...this.seen(process),
          file: fileDetails(image),
          commandLine,
          currentDirectory: directory ?? (inSession === this.system ? 'C:\\Windows\\system32\\' : this.home(inSession)),
          user: inSession.user,
          logonGuid: inSession.logonGuid,
          logonId: inSession.logonId,
          terminalSession: inSession.terminalSession,
          integrity: inSession.integrity,
          parent: parent ?? { guid: NULL_GUID, pid: 0, image: '-', commandLine: '-' },
        }),
      ),
    )
    return process
  }

  /** Ends a process, and its conhost after it; nothing happens where it has ended already. */
  exit(process: Process, status = 0): void {
    if (this.#running.get(process.pid) !== process) return
    this.wait(this.random.between(0.5, 2))
    const { image, pid, session } = process
    this.logs.record(sysmon.processTerminated(this.writtenBySysmon(), this.seen(process)))
    this.logs.record(security.processExited(this.written(this.kernel.pid), { subject: session, status, pid, image }))
    this.#running.delete(pid)
    for (const child of process.children) if (child.image === CONHOST && this.#running.has(child.pid)) this.exit(child)
  }

  /** The console that Windows gives to a console program whose parent has none. */
  openConsole(process: Process): void {
    this.start(process, CONHOST, '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1')
  }

  /** Ends all that still runs in a session, and the session. */
  logOff(session: Session): void {
    for (const process of [...this.#running.values()]) if (process.session === session) this.exit(process)
    const logonType = this.#sessions.get(session)
    if (logonType === undefined) return
    this.#sessions.delete(session)
    this.logs.record(security.loggedOff(this.writtenByLsass(), session, logonType))
  }

  /** Starts a program in its parent's console and lets it end after so many milliseconds. */
  runConsole(parent: Process, image: string, commandLine: string, milliseconds: number): Process {
    const process = this.start(parent, image, commandLine)
    this.wait(milliseconds)
    this.exit(process)
    return process
  }

  /** A library is loaded once; undefined when the process has it already, or when nobody looks. */
  loadModule(process: Process, module: string): CatalogueEvent | undefined {
    if (!this.logs.isOn('Microsoft-Windows-Sysmon/Operational')) return undefined
    const loaded = this.#modules.get(process) ?? new Set()
    if (loaded.has(module)) return undefined
    this.#modules.set(process, loaded.add(module))
    const file = fileDetails(module)
    const signature = file.originalFileName === '-' ? null : 'Microsoft Windows'
    const load = { ...this.seen(process), module, file, signature }
    return this.logs.record(sysmon.imageLoaded(this.writtenBySysmon(), load))
  }

  connect(process: Process, address: string, port: number): void {
    const portName = port === 443 ? 'https' : port === 80 ? 'http' : ''
    const source = { address: this.options.address, host: this.options.name, port: this.random.whole(49_700, 60_000) }
    this.logs.record(
      sysmon.networkConnected(this.writtenBySysmon(), {
        ...this.seen(process),
        user: process.session.user,
        initiated: true,
        source: { ...source, portName: '' },
        destination: { address, host: '', port, portName },
      }),
    )
  }

  writeFile(process: Process, path: string): CatalogueEvent {
    const seen = this.seen(process)
    return this.logs.record(sysmon.fileCreated(this.writtenBySysmon(), { ...seen, path, created: seen.seen }))
  }

  /** Clears the Security log: what it held is gone, and 1102 is the first record of what follows. */
  clearAuditLog(by: Session): CatalogueEvent {
    this.logs.clear('Security')
    return this.logs.record(security.auditLogCleared(this.written(this.kernel.pid), by))
  }

  /** A registry value that the process itself writes, as Sysmon shows it. */
  setValue(process: Process, target: string, details: string): CatalogueEvent {
    return this.logs.record(sysmon.registryValue(this.writtenBySysmon(), { ...this.seen(process), target, details }))
  }

  changeRegistryObject(process: Process, action: sysmon.RegistryAction, target: string): CatalogueEvent {
    return this.logs.record(sysmon.registryObject(this.writtenBySysmon(), { ...this.seen(process), action, target }))
  }

  /** The policy client makes the scheduled tasks of a policy. */
  applyPolicyTasks(client: Process, policy: string, apply: () => void): void {
    this.logs.record(extensionBegun(this.written(client.pid, this.random.guid()), policy))
    this.wait(20)
    apply()
    this.wait(40)
    this.logs.record(extensionEnded(this.written(client.pid, this.random.guid()), 60))
  }

  runScript(process: Process, script: string, suspicious = false): CatalogueEvent {
    const written = this.written(process.pid, this.random.guid())
    const id = this.random.guid().slice(1, -1)
    return this.logs.record(scriptBlock(written, { userSid: process.session.sid, script, id, path: '', suspicious }))
  }

  home(session: Session): string {
    if (session === this.system) return 'C:\\Windows\\system32\\'
    if (session === this.localService) return 'C:\\Windows\\ServiceProfiles\\LocalService\\'
    return `C:\\Users\\${session.name}\\`
  }

  localAppData(session: Session): string {
    return session === this.system
      ? 'C:\\Windows\\system32\\config\\systemprofile\\AppData\\Local'
      : `C:\\Users\\${session.name}\\AppData\\Local`
  }

  #loggedOn(target: Session, logon: LogonKind): void {
    const local = logon.logonType !== 3
    this.#sessions.set(target, logon.logonType)
    this.logs.record(
      security.loggedOn(this.writtenByLsass(), {
        ...logon,
        subject: local ? this.system : security.NOBODY,
        target,
        lmPackage: local ? '-' : 'NTLM V2',
        logonGuid: target.logonGuid,
        callerPid: local ? this.lsass.pid : 0,
        callerImage: local ? 'C:\\Windows\\System32\\svchost.exe' : '-',
        elevated: target.integrity !== 'Medium',
      }),
    )
    if (target.integrity === 'Medium') return
    this.logs.record(security.privilegesAssigned(this.writtenByLsass(), target, administratorPrivileges))
  }

  #process(parent: Process | null, image: string, commandLine: string, session: Session, pid?: number): Process {
    const startKey = this.#identities.startKey()
    const process: Process = {
      pid: pid ?? this.#nextPid(),
      guid: this.#identities.guid(this.#now, startKey),
      startKey,
      image,
      commandLine,
      session,
      parent,
      started: this.#now,
      evidence: [],
      children: [],
      isOfRun: parent?.isOfRun ?? false,
    }
    // services and shells live for long and start thousands of programs: only those of runs are kept
    if (process.isOfRun || image === CONHOST) parent?.children.push(process)
    this.#running.set(process.pid, process)
    return process
  }

  #nextPid(): number {
    return this.#identities.pid((pid) => this.#running.has(pid))
  }
}

// Names of programs, lower case, without `.exe`.

/** Programs that do what a person or a script tells them, as processes. */
export const shells: ReadonlySet<string> = new Set(['cmd', 'powershell', 'pwsh', 'bash', 'wsl'])
/** Programs of Windows that run the script, library or document that they are given. */
export const scriptHosts: ReadonlySet<string> = new Set([
  'wscript',
  'cscript',
  'mshta',
  'rundll32',
  'regsvr32',
  'msbuild',
  'installutil',
])
/** Processes that Windows puts in front of an action: COM handlers run in taskhostw or dllhost. */
export const handlerHosts: ReadonlySet<string> = new Set(['taskhostw', 'taskhost', 'taskhostex', 'dllhost'])

/**
 * Programs of Windows that run, fetch or unpack what they are told to, shells and script hosts aside.
 * Source: the LOLBAS project's list, https://lolbas-project.github.io
 */
export const proxies: ReadonlySet<string> = new Set(
  (
    'mshta regsvr32 installutil msbuild certutil bitsadmin regasm regsvcs cmstp hh forfiles pcalua odbcconf msdt ' +
    'wmic mavinject presentationhost syncappvpublishingserver control dnscmd esentutl extrac32 ieexec infdefaultinstall ' +
    'makecab microsoft.workflow.compiler rasautou replace scriptrunner verclsid xwizard wsl te tttracer workfolders addinutil ' +
    'appvlp bginfo cdb csi dnx dxcap fsi mftrace msdeploy sqlps squirrel diskshadow expand finger ftp print psr rpcping runonce'
  ).split(' '),
)

/** Whether a program does what it is told by whoever starts it: a shell, a script host, or one of the proxies. */
export const isAtOthersBidding = (name: string): boolean =>
  shells.has(name) || scriptHosts.has(name) || proxies.has(name) || name === 'msiexec' || name === 'powershell_ise'

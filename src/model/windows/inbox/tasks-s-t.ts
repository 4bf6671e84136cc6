/** Windows' own tasks whose path below \Microsoft\Windows begins with S to T; the form is in `table.ts`. */
export const tasksSToT = String.raw`
~\Security\Pwdless\IntelligentPwdlessTask
  11 : hjt | {8702a841-d5ca-47c3-812d-9cedc304c200}
~\Server Initial Configuration Task | SYSTEM
  2019 : w2019 | %windir%\system32\srvinitconfig.exe | /disableconfigtask
~\Server Manager\CleanupOldPerfLogs | SYSTEM | | | The major version number of the operating system.
  10 2012r2 2016 : hjt w2012r2 w2016 | %SystemRoot%\system32\cscript.exe | /B /nologo %SystemRoot%\system32\calluxxprovider.vbs $(Arg0) $(Arg1) $(Arg2)
~\Server Manager\ServerManager | Administrators | | logon | Microsoft Corporation
  7 10 2012r2 2016 : hjt w2012r2 w2016 | %SystemRoot%\system32\ServerManagerLauncher.exe
~\Servicing\OOBEFodSetup | SYSTEM | limited disabled | wnf
  11-25h2 : stock | %windir%\system32\OOBEFodSetup.exe
~\Servicing\StartComponentCleanup | SYSTEM | highest | maintenance | | 2012r2 2016 | w2012r2 w2016
  8.1 10 11-25h2 : hjt stock | {752073a1-23f2-4396-85f0-8fdb879ed0ed}
  8 : hjt | %SystemRoot%\System32\dism.exe | /online /cleanup-image /startcomponentcleanup /asynchronous
~\SettingSync\BackgroundUploadTask | INTERACTIVE
  8.1 10 2016 : hjt w2016 | {59b9640b-3f70-4d1c-b159-f26eeb8a4c87}
~\SettingSync\BackupTask | INTERACTIVE
  8.1 10 2016 : hjt w2016 | {60a4c78c-e2b8-4e6e-876f-da203b02c05e}
~\SettingSync\NetworkStateChangeTask | INTERACTIVE
  8.1 10 2016 : hjt w2016 | {a4173a49-f373-4475-9a0f-2d615204dc20}
~\Setup\8.1 auto install ping
  8 : hjt | %SystemRoot%\system32\AutoUpdate.exe | /Ping
~\Setup\8.1 auto install v2
  8 : hjt | %SystemRoot%\system32\AutoUpdate.exe | /Auto
~\Setup\EOONotify
  7 : hjt | %SystemRoot%\EOONotify\EOONotify.exe
~\Setup\SetupCleanupTask | SYSTEM | highest | time maintenance
  10 11-25h2 : hjt stock | {7c83c056-1d0d-4c8e-a6b0-89e79c213559}
~\Setup\SnapshotCleanupTask
  10 : hjt | %SystemRoot%\System32\OOBE\SetupPlatform\SetupPlatform.exe | -removesnapshot
~\SetupSQMTask
  8.1 : hjt | %SystemRoot%\SYSTEM32\OOBE\SETUPSQM.EXE
~\SharedPC\Account Cleanup | SYSTEM | highest disabled | maintenance
  11-25h2 : stock | {7750564d-d61c-4557-8a9d-7df56bdcff96}
  10 : hjt | %SystemRoot%\System32\rundll32.exe | %SystemRoot%\System32\Windows.SharedPC.AccountManager.dll,StartMaintenance
~\Shell\CrawlStartPages
  vista : hjt | {51653423-e62d-4ff7-894a-dabb2b8e21e2}
~\Shell\CreateObjectTask | SYSTEM | limited hidden | | $(@%WINDIR%\system32\shell32.dll,-14349)
  8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {990a9f8f-301f-45f7-8d0e-68c5952dba43}
~\Shell\FamilySafetyMonitor | SYSTEM | highest | | $(@%WINDIR%\System32\wpcmon.exe,-32014)
  8 8.1 10 11-25h2 : hjt stock | %windir%\System32\wpcmon.exe
~\Shell\FamilySafetyMonitorToastTask | | disabled
  10 : frst hjt | {d2cbf5f7-5702-440b-8d8f-8203034a6b82} | $(Arg0)
~\Shell\FamilySafetyRefresh
  8.1 10 : hjt | {ebf00fcb-0769-4b81-9bec-6c05514111aa} | $(Arg0)
~\Shell\FamilySafetyRefreshTask | SYSTEM | highest | wnf | $(@%WINDIR%\System32\WpcRefreshTask.dll,-32011)
  10 11-25h2 : hjt stock | {c844c79d-aed8-4dce-ab25-4d359bed84f8} | $(Arg0)
~\Shell\FamilySafetyUpload
  8.1 : hjt | {ebf00fcb-0769-4b81-9bec-6c05514111aa} | 4
~\Shell\IndexerAutomaticMaintenance | LOCAL SERVICE | limited | maintenance | $(@%WINDIR%\system32\srchadmin.dll,-1901)
  8.1 10 11-25h2 2016 : hjt stock w2016 | {3fba60a6-7bf5-4868-a2ca-6623b3dffea6}
~\Shell\ThemeAssetTask_SyncFODState | SYSTEM | highest disabled | idle
  11-25h2 : stock | {3bc5dd7d-ea3b-428c-b9b6-0723db6a1057}
~\Shell\ThemesSyncedImageDownload | Users | limited | maintenance | $(@%WINDIR%\system32\Themes.SsfDownload.ScheduledTask.dll,-600)
  10 11-25h2 : hjt stock | {79f8e185-4e45-4b74-8182-02aa430661e4}
~\Shell\UndockedFlightingUpdate | SYSTEM | limited disabled | wnf | $(@%WINDIR%\system32\UndockedFlightingUpdateTask.exe,-600)
  11-25h2 : stock | %windir%\system32\UndockedFlightingUpdateTask.exe
~\Shell\UpdateUserPictureTask | INTERACTIVE | limited | wnf
  10 11-25h2 : hjt stock | {09c5dd34-009d-40fa-bcb9-0165ad0c15d4}
~\Shell\WindowsParentalControls
  7 : hjt | {dfa14c43-f385-4170-99cc-1b7765fa0e4a}
~\Shell\WindowsParentalControlsMigration
  7 : hjt | {343d770d-7788-47c2-b62a-b7c4ced925cb}
~\SideShow\AutoWake
  vista 7 : hjt | {e51dfd48-aa36-4b45-bb52-e831f02e8316}
~\SideShow\GadgetManager
  vista 7 : hjt | {ff87090d-4a9a-4f47-879b-29a80c355d61} | $(Arg0)
~\SideShow\SessionAgent
  vista 7 : hjt | {45f26e9e-6199-477f-85da-af1edfe067b1}
~\SideShow\SystemDataProviders
  vista 7 : hjt | {7cca6768-8373-4d28-8876-83e8b4e3a969}
~\SkyDrive\Idle Sync Maintenance Task
  8.1 : hjt | {bf6c1e47-86ec-4194-9ce5-13c15dcb2001} | IdleSyncMaintenance
~\SkyDrive\Routine Maintenance Task
  8.1 : hjt | {1b1f472e-3221-4826-97db-2c2324d389ae} | RoutineMaintenance
~\SMB\UninstallSMB1ClientTask
  10 2019 : autoruns | %windir%\system32\WindowsPowerShell\v1.0\powershell.exe | -ExecutionPolicy Unrestricted -NonInteractive -NoProfile -WindowStyle Hidden "& %windir%\system32\WindowsPowerShell\v1.0\Modules\SmbShare\DisableUnusedSmb1.ps1 -Scenario Client"
~\SMB\UninstallSMB1ServerTask
  10 2019 : autoruns | %windir%\system32\WindowsPowerShell\v1.0\powershell.exe | -ExecutionPolicy Unrestricted -NonInteractive -NoProfile -WindowStyle Hidden "& %windir%\system32\WindowsPowerShell\v1.0\Modules\SmbShare\DisableUnusedSmb1.ps1 -Scenario Server"
~\Software Inventory Logging\Collection | SYSTEM | disabled | calendar
  2012r2 2016 : w2012r2 w2016 | %systemroot%\system32\cmd.exe | /d /c %systemroot%\system32\silcollector.cmd publish
~\Software Inventory Logging\Configuration | SYSTEM | | boot
  10 2012r2 2016 : hjt w2012r2 w2016 | %SystemRoot%\system32\cmd.exe | /d /c %SystemRoot%\system32\silcollector.cmd configure
~\SoftwareProtectionPlatform\SvcRestartTask | NETWORK SERVICE | limited hidden | calendar | $(@%WINDIR%\system32\sppc.dll,-200)
  8.1 10 11-25h2 : hjt stock | {b1aebb5d-ead9-4476-b375-9c3ed9f32afc} | timer
  7 : hjt | %SystemRoot%\System32\sc.exe | start sppsvc
~\SoftwareProtectionPlatform\SvcRestartTaskLogon | INTERACTIVE | limited hidden disabled | logon | $(@%WINDIR%\system32\sppc.dll,-200)
  8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {b1aebb5d-ead9-4476-b375-9c3ed9f32afc} | logon
~\SoftwareProtectionPlatform\SvcRestartTaskNetwork | NETWORK SERVICE | limited hidden disabled | event | $(@%WINDIR%\system32\sppc.dll,-200)
  8.1 10 11-25h2 : hjt stock | {b1aebb5d-ead9-4476-b375-9c3ed9f32afc} | network
~\SoftwareProtectionPlatform\SvcTrigger
  11 : hjt | {b1aebb5d-ead9-4476-b375-9c3ed9f32afc} | logon
~\SpacePort\SpaceAgentTask | SYSTEM | highest | boot wnf | $(@%WINDIR%\system32\SpaceAgent.exe,-2)
  8 8.1 10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\SpaceAgent.exe
~\SpacePort\SpaceManagerTask | SYSTEM | highest | boot wnf | $(@%WINDIR%\system32\spaceman.exe,-2)
  10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\spaceman.exe | /Work
  10 : hjt | %SystemRoot%\system32\SpaceMan.exe | /Repair
~\Speech\HeadsetButtonPress
  10 : hjt | %SystemRoot%\system32\speech_onecore\common\SpeechRuntime.exe | StartedFromTask
~\Speech\SpeechModelDownloadTask | NETWORK SERVICE | limited | time
  10 11-25h2 : hjt stock | %windir%\system32\speech_onecore\common\SpeechModelDownload.exe
~\StateRepository\MaintenanceTasks | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\Windows.StateRepositoryClient.dll,-600)
  10 11-25h2 : hjt stock | %windir%\system32\rundll32.exe | %windir%\system32\Windows.StateRepositoryClient.dll,StateRepositoryDoMaintenanceTasks
~\Storage Tiers Management\Storage Tiers Management Initialization | SYSTEM | highest | wnf | $(@%WINDIR%\system32\TieringEngineService.exe,-600)
  10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {5c9ab547-345d-4175-9af6-65133463a100}
~\Storage Tiers Management\Storage Tiers Optimization | SYSTEM | highest disabled | time | $(@%WINDIR%\system32\TieringEngineService.exe,-600)
  10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\defrag.exe | -c -h -g -# -m 8 -i 13500
  2012r2 : w2012r2 | %windir%\system32\defrag.exe | -c -h -g -#
~\Subscription\EnableLicenseAcquisition | SYSTEM | highest hidden | event wnf | $(@%WINDIR%\system32\ClipRenew.exe,-100)
  10 11-25h2 : hjt stock | %WINDIR%\system32\ClipRenew.exe | -e
  10 : hjt | %SystemRoot%\system32\UpgradeSubscription.exe | -e
~\Subscription\LicenseAcquisition | INTERACTIVE | highest hidden disabled | calendar registration wnf | $(@%WINDIR%\system32\ClipRenew.exe,-100)
  10 11-25h2 : hjt stock | %WINDIR%\system32\ClipRenew.exe
  10 : hjt | %SystemRoot%\system32\UpgradeSubscription.exe
~\Sustainability\PowerGridForecastTask | SYSTEM | highest | calendar wnf | $(@%WINDIR%\system32\PowerGridForecastTask.dll,-600)
  11-25h2 : stock | {251e5b1f-e370-4e12-b5bd-b7ad2a8ee810}
~\Sustainability\SustainabilityTelemetry | Users | highest | maintenance | $(@%WINDIR%\system32\EcoScoreTask.dll,-600)
  11-25h2 : stock | {6ee41d75-d091-4fb7-9ad5-018760dd25d4}
~\SyncCenter\* | | | | | | sigma
~\Sysmain\HybridDriveCachePrepopulate | SYSTEM | highest disabled | maintenance | $(@%WINDIR%\System32\sysmain.dll,-3000)
  8.1 10 11-25h2 : hjt stock | {17c82257-654e-4c47-8e23-dca24eaa76a0}
~\Sysmain\HybridDriveCacheRebalance | SYSTEM | highest disabled | maintenance | $(@%WINDIR%\System32\sysmain.dll,-3000)
  8.1 10 11-25h2 : hjt stock | {d44377b8-1f2f-4faa-9c8e-6c4ad2928e47}
~\Sysmain\ResPriStaticDbSync | SYSTEM | highest | maintenance | $(@%WINDIR%\System32\sysmain.dll,-3000)
  10 11-25h2 : hjt stock | {297ee78c-ba95-4e94-81d3-d6e7f089c7b5}
~\Sysmain\WsSwapAssessmentTask | SYSTEM | highest | maintenance | $(@%WINDIR%\System32\sysmain.dll,-3000)
  8 8.1 10 11-25h2 : hjt stock | %windir%\system32\rundll32.exe | sysmain.dll,PfSvWsSwapAssessmentTask
~\SystemRestore\SR | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\srrstr.dll,-321)
  8 8.1 10 11-25h2 : hjt stock | %windir%\system32\srtasks.exe | ExecuteScheduledSPPCreation
  vista 7 : hjt | %SystemRoot%\system32\rundll32.exe | /d srrstr.dll,ExecuteScheduledSPPCreation
~\TabletPC\InputPersonalization
  7 : hjt | %ProgramFiles%\Common Files\Microsoft Shared\Ink\InputPersonalization.exe
~\Task Manager\Interactive | INTERACTIVE | limited hidden | | $(@%WINDIR%\system32\wdc.dll,-10041)
  7 8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {855fec53-d2e4-4999-9e87-3414e9cf0ff4} | $(Arg0)
~\TaskScheduler\Idle Maintenance | SYSTEM
  8.1 2012r2 : hjt w2012r2 | {57bfcfdd-eee4-4dbb-a751-3cdeb169ff44} | Idle
~\TaskScheduler\Maintenance Configurator
  8.1 : hjt | {645e29ea-4b0a-464c-8b7d-1a6b9f9d92a8}
~\TaskScheduler\Manual Maintenance | SYSTEM
  8.1 2012r2 : hjt w2012r2 | {57bfcfdd-eee4-4dbb-a751-3cdeb169ff44} | Manual
~\TaskScheduler\Regular Maintenance | SYSTEM
  8.1 2012r2 : hjt w2012r2 | {57bfcfdd-eee4-4dbb-a751-3cdeb169ff44} | Regular
~\Tcpip\IpAddressConflict1
  vista 7 : hjt | %SystemRoot%\system32\rundll32.exe | ndfapi.dll,NdfRunDllDuplicateIPOffendingSystem
~\Tcpip\IpAddressConflict2
  vista 7 : hjt | %SystemRoot%\system32\rundll32.exe | ndfapi.dll,NdfRunDllDuplicateIPDefendingSystem
~\Tcpip\WSHReset
  vista : hjt | %SystemRoot%\system32\netsh.exe | interface tcp set heuristic wsh=default
  vista : hjt | %systemroot%\system32\schtasks.exe | /delete /tn "\Microsoft\Windows\Tcpip\WSHReset" /f
~\termsrv\licensing\TlsWarning
  7 10 : hjt | %SystemRoot%\system32\tlsbln.exe
~\termsrv\RemoteFX\RemoteFXvGPUDisableTask
  10 : hjt | %SystemRoot%\System32\RemoteFXvGPUDisablement.exe | Disable
~\termsrv\RemoteFX\RemoteFXWarningTask
  10 : hjt | %SystemRoot%\System32\RemoteFXvGPUDisablement.exe | Warning
~\TextServicesFramework\MsCtfMonitor | Users | limited hidden | logon
  vista 7 8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {01575cfe-9a55-4003-a5e1-f38d1ebdcbe1}
~\Time Synchronization\ForceSynchronizeTime | LOCAL SERVICE | highest | wnf | $(@%WINDIR%\system32\TimeSyncTask.dll,-600)
  8.1 10 11-25h2 2016 : hjt stock w2016 | {a31ad6c2-ff4c-43d4-8e90-7101023096f9} | TimeSyncTask
~\Time Synchronization\SynchronizeTime | LOCAL SERVICE | highest | wnf maintenance | $(@%WINDIR%\system32\w32time.dll,-202)
  7 8 8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | %windir%\system32\sc.exe | start w32time task_started
~\Time Zone\SynchronizeTimeZone | SYSTEM | highest | maintenance | $(@%WINDIR%\system32\tzsyncres.dll,-101)
  8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | %windir%\system32\tzsync.exe
~\TPM\Tpm-HASCertRetr | SYSTEM | limited | wnf | $(@%WINDIR%\system32\TpmTasks.dll,-600)
  10 11-25h2 : hjt stock | {5014b7c8-934e-4262-9816-887fa745a6c4} | HASCertRetr
~\TPM\Tpm-Maintenance | SYSTEM | limited | wnf | $(@%WINDIR%\system32\TpmTasks.dll,-600)
  8.1 10 11-25h2 : hjt stock | {5014b7c8-934e-4262-9816-887fa745a6c4} | TpmTasks
~\TPM\Tpm-PreAttestationHealthCheck | SYSTEM | limited | wnf | $(@%WINDIR%\system32\TpmTasks.dll,-600)
  11-25h2 : stock | {5014b7c8-934e-4262-9816-887fa745a6c4}
`

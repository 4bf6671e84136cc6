/** Windows' own tasks whose path below \Microsoft\Windows begins with M to R; the form is in `table.ts`. */
export const tasksMToR = String.raw`
~\.NET Framework\.NET Framework NGEN v4.0.30319 | SYSTEM | limited hidden | maintenance
  8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {84f0fae1-c27b-4f6f-807b-28cf6f96287d} | /RuntimeWide
~\.NET Framework\.NET Framework NGEN v4.0.30319 64 | SYSTEM | limited hidden | maintenance
  8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {429bc048-379e-45e0-80e4-eb1977941b5c} | /RuntimeWide
~\.NET Framework\.NET Framework NGEN v4.0.30319 64 Critical | SYSTEM | limited hidden | idle maintenance
  8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {613fba38-a3df-4ab8-9674-5604984a299a} | /RuntimeWide
~\.NET Framework\.NET Framework NGEN v4.0.30319 Critical | SYSTEM | limited hidden | idle maintenance
  8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {de434264-8fe9-4c0b-a83b-89ebeebff78e} | /RuntimeWide
\Microsoft\OneCore\DirectX\DirectXDatabaseUpdater
  10 : hjt | %SystemRoot%\system32\directxdatabaseupdater.exe
\Microsoft\Windows Defender\MP Scheduled Scan
  7 10 : hjt | %ProgramFiles%\windows defender\MpCmdRun.exe | Scan -ScheduleJob -WinTask -RestrictPrivilegesScan
  vista : hjt | %ProgramFiles%\windows defender\MpCmdRun.exe | Scan -RestrictPrivileges
\Microsoft\Windows Defender\MpIdleTask
  7 10 : hjt | %ProgramFiles%\windows defender\MpCmdRun.exe | -IdleTask -TaskName MpIdleTask
\Microsoft\XblGameSave\XblGameSaveTask | SYSTEM | limited | idle | Microsoft
  10 11-25h2 2016 : hjt stock w2016 | %windir%\System32\XblGameSaveTask.exe | standby
\Microsoft\XblGameSave\XblGameSaveTaskLogon | SYSTEM | | logon | Microsoft
  10 2016 : hjt w2016 | %SystemRoot%\System32\XblGameSaveTask.exe | logon
\Optimize Start Menu Cache Files-S-1-5-21-*
  8.1 : hjt | {2d3f8a1b-6dcd-4ed5-bdba-a096594b98ef} | $(Arg0)
~\Maintenance\WinSAT | Administrators | highest | maintenance | $(@%WINDIR%\system32\winsatapi.dll,-112)
  7 8.1 10 11-25h2 2016 : hjt stock w2016 | {a9a33436-678b-4c9c-a211-7cc38785e79d}
~\Management\Autopilot\DetectHardwareChange | SYSTEM | highest disabled | wnf | $(@%WINDIR%\system32\Autopilot.dll,-600)
  10 11-25h2 : frst stock | {62b2dd2c-f129-42ee-bf59-55d3fd21c215} | DetectHardwareChange
~\Management\Autopilot\RemediateHardwareChange | SYSTEM | highest disabled | boot | $(@%WINDIR%\system32\Autopilot.dll,-600)
  10 11-25h2 : frst stock | {62b2dd2c-f129-42ee-bf59-55d3fd21c215} | RemediateHardwareChange
~\Management\Provisioning\Cellular | SYSTEM | highest hidden | wnf
  10 11-25h2 : hjt stock triage | %windir%\system32\ProvTool.exe | /turn 7 /source CellStateChangeTask
~\Management\Provisioning\Logon | SYSTEM | highest | logon
  10 11-25h2 : hjt stock triage | %windir%\system32\ProvTool.exe | /turn 5 /source LogonIdleTask
  10 : hjt | %SystemRoot%\system32\ProvTool.exe | /turn 5
~\Management\Provisioning\MdmDiagnosticsCleanup | SYSTEM | highest hidden disabled | boot
  11-25h2 : stock | %windir%\system32\MdmDiagnosticsTool.exe | /clean
~\Management\Provisioning\Retry | SYSTEM | highest disabled | boot
  10 11-25h2 : hjt stock triage | %windir%\system32\ProvTool.exe | /turn 5 /source ProvRetryTask
~\Management\Provisioning\RunOnReboot | SYSTEM | highest disabled | boot
  10 11-25h2 : stock triage | %windir%\system32\ProvTool.exe | /turn 5 /source ContinueSessionTask
~\Maps\MapsToastTask | INTERACTIVE | limited hidden | | $(@%WINDIR%\system32\mapstoasttask.dll,-600) | 2016 | w2016
  10 11-25h2 : hjt stock | {9885aef2-bd9f-41e0-b15e-b3141395e803} | $(Arg0);$(Arg1);$(Arg2);$(Arg3)
  10 : hjt | {9885aef2-bd9f-41e0-b15e-b3141395e803} | $(Arg0);$(Arg1);$(Arg2);$(Arg3);$(Arg4);$(Arg5);$(Arg6);$(Arg7)
~\Maps\MapsUpdateTask | NETWORK SERVICE | limited disabled | time | $(@%WINDIR%\system32\mapsupdatetask.dll,-600)
  10 11-25h2 2016 : hjt stock w2016 | {b9033e87-33cf-4d77-bc9b-895afbba72e4}
~\Media Center\ActivateWindowsSearch
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DoActivateWindowsSearch
~\Media Center\ConfigureInternetTimeService
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DoConfigureInternetTimeService
~\Media Center\DispatchRecoveryTasks
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DoRecoveryTasks $(Arg0)
~\Media Center\ehDRMInit
  vista 7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DRMInit
~\Media Center\InstallPlayReady
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /InstallPlayReady $(Arg0)
~\Media Center\mcupdate
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | $(Arg0)
  vista : hjt | %SystemRoot%\ehome\mcupdate.exe | $(Arg0) -gc
~\Media Center\mcupdate_scheduled
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | -crl -hms -pscn 15
~\Media Center\MediaCenterRecoveryTask
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | -MediaCenterRecoveryTask
~\Media Center\ObjectStoreRecoveryTask
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | -ObjectStoreRecoveryTask
~\Media Center\OCURActivate
  vista 7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /OCURActivate
~\Media Center\OCURDiscovery
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /OCURDiscovery $(Arg0)
  vista : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /OCURDiscovery
~\Media Center\PBDADiscovery
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /PBDADiscovery
~\Media Center\PBDADiscoveryW1
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /wait:7 /PBDADiscovery
~\Media Center\PBDADiscoveryW2
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /wait:90 /PBDADiscovery
~\Media Center\PeriodicScanRetry
  7 : hjt | %SystemRoot%\ehome\MCUpdate.exe | -pscn 0
~\Media Center\PvrRecoveryTask
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | -PvrRecoveryTask
~\Media Center\PvrScheduleTask
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | -PvrSchedule
~\Media Center\RecordingRestart
  7 : hjt | %SystemRoot%\ehome\ehrec.exe | /RestartRecording
~\Media Center\RegisterObject
  10 : hjt | %ALLUSERSPROFILE%\RegisterObject\RegisterObject.exe | /DoWatch
~\Media Center\RegisterSearch
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DoRegisterSearch $(Arg0)
~\Media Center\ReindexSearchRoot
  7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DoReindexSearchRoot
~\Media Center\SqlLiteRecoveryTask
  7 : hjt | %SystemRoot%\ehome\mcupdate.exe | -SqlLiteRecoveryTask
~\Media Center\StartRecording
  7 : hjt | %SystemRoot%\ehome\ehrec.exe | /StartRecording
~\Media Center\UpdateRecordPath
  vista 7 : hjt | %SystemRoot%\ehome\ehPrivJob.exe | /DoUpdateRecordPath $(Arg0)
~\MemoryDiagnostic\AutomaticOfflineMemoryDiagnostic | Administrators | highest hidden | logon | $(@%WINDIR%\system32\MemoryDiagnostic.dll,-600)
  11-25h2 : stock | {44f6c389-604a-4363-b09a-f38da08e6079}
~\MemoryDiagnostic\CorruptionDetector
  7 : hjt | {190ba3f6-0205-4f46-b589-95c6822899d2} | PageNotZero
~\MemoryDiagnostic\DecompressionFailureDetector
  7 : hjt | {190ba3f6-0205-4f46-b589-95c6822899d2} | Decompression
~\MemoryDiagnostic\ProcessMemoryDiagnosticEvents | Administrators | highest hidden | event | $(@%WINDIR%\system32\MemoryDiagnostic.dll,-600)
  8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {8168e74a-b39f-46d8-adcd-7bed477b80a3} | Event
~\MemoryDiagnostic\RunFullMemoryDiagnostic | Administrators | highest hidden disabled | maintenance | $(@%WINDIR%\system32\MemoryDiagnostic.dll,-600)
  8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {8168e74a-b39f-46d8-adcd-7bed477b80a3} | Time
~\Mobile Broadband Accounts\MNO Metadata Parser | SYSTEM | | event | Microsoft
  8 8.1 10 2016 : hjt w2016 | %SystemRoot%\System32\MbaeParserTask.exe
~\MobilePC\HotStart
  vista 7 : hjt | {06da0625-9701-43da-bfd7-fbeea2180a1e}
~\MobilePC\TMM
  vista : hjt | {35ef4182-f900-4632-b072-8639e4478a61}
~\MUI\Lpksetup
  7 8.1 10 : hjt | %SystemRoot%\System32\lpksetup.exe | -v
~\MUI\LPRemove | SYSTEM | highest | maintenance | $(@%WINDIR%\System32\lpremove.exe,-100)
  vista 7 8 8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | %windir%\system32\lpremove.exe
~\MUI\Mcbuilder
  7 8.1 10 : hjt | %SystemRoot%\System32\mcbuilder.exe
~\Multimedia\SystemSoundsService | Users | limited | logon
  vista 7 8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {2dea658f-54c1-4227-af9b-260ab5fc3543}
~\NetCfg\BindingWorkItemQueueHandler | SYSTEM
  8.1 2012r2 : hjt w2012r2 | {5aa199a0-1ced-43a5-9b85-3226086738a3}
~\NetTrace\GatherNetworkInfo | Users | | | Microsoft
  7 8 8.1 10 2012r2 2016 : hjt w2012r2 w2016 | %SystemRoot%\system32\gatherNetworkInfo.vbs
~\Network Connectivity Status Indicator\NcsiIdentifyUserProxies | Users | limited | logon session
  11-25h2 : stock | {706b965a-8308-4cd4-9900-87c2d79c121b}
~\NetworkAccessProtection\NAPStatus UI
  vista : hjt | {f09878a1-4652-4292-aa63-8c7d4fd7648f} | /b
~\NlaSvc\WiFiTask | INTERACTIVE | limited hidden | wnf | $(@%WINDIR%\system32\wifitask.exe,-1)
  10 11-25h2 : hjt stock | %WINDIR%\System32\WiFiTask.exe | nla
~\Offline Files\Background Synchronization | Authenticated Users | limited disabled | time | $(@%WINDIR%\system32\cscui.dll,-5001)
  7 8.1 10 11-25h2 2016 : hjt stock w2016 | {fa3f3dd9-4c1a-456b-a8fa-c76ef3ed83b8}
~\Offline Files\Logon Synchronization | Authenticated Users | limited disabled | logon | $(@%WINDIR%\system32\cscui.dll,-5001)
  7 8.1 10 11-25h2 2016 : hjt stock w2016 | {fa3f3dd9-4c1a-456b-a8fa-c76ef3ed83b8} | Logon
~\PCRPF\PCR Prediction Framework Firmware Update Task | SYSTEM | highest | wnf
  11-25h2 : stock | %windir%\system32\rundll32.exe | %windir%\system32\pcrpf.dll,NotifyFirmwareUpdateStaged
~\PerformanceTrace\RequestTrace | INTERACTIVE | highest | wnf | $(@%WINDIR%\system32\PerformanceTraceHandler.dll,-600)
  11-25h2 : stock | {9efeb182-2ee3-4af9-affa-521410d110d1}
~\PerformanceTrace\WhesvcToast | INTERACTIVE | highest | wnf | $(@%WINDIR%\system32\PerformanceTraceHandler.dll,-600)
  11-25h2 : stock | {c34546ad-2e37-41d9-8e23-277837b7a234}
~\PerfTrack\BackgroundConfigSurveyor
  7 8.1 : hjt | {ea9155a3-8a39-40b4-8963-d3c761b18371}
~\PI\Secure-Boot-Update | SYSTEM | limited | boot | $(@%WINDIR%\system32\TpmTasks.dll,-600)
  8.1 10 11-25h2 : hjt stock | {5014b7c8-934e-4262-9816-887fa745a6c4} | SBServicing
~\PI\SecureBootEncodeUEFI
  11 : autoruns hjt | %SystemRoot%\system32\SecureBootEncodeUEFI.exe
~\PI\Sqm-Tasks | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\TpmTasks.dll,-600)
  8.1 10 11-25h2 : hjt stock | {5014b7c8-934e-4262-9816-887fa745a6c4} | PiSqmTasks
~\PLA\ExchangeDiagnosticsDailyPerformanceLog
  10 : hjt | %SystemRoot%\system32\rundll32.exe | %SystemRoot%\system32\pla.dll,PlaHost "ExchangeDiagnosticsDailyPerformanceLog" "$(Arg0)"
~\PLA\ExchangeDiagnosticsPerformanceLog
  10 : hjt | %SystemRoot%\system32\rundll32.exe | %SystemRoot%\system32\pla.dll,PlaHost "ExchangeDiagnosticsPerformanceLog" "$(Arg0)"
~\PLA\FabricTraces | | | | | server | sysmon
~\PLA\Server Manager Performance Monitor | SYSTEM | disabled | boot | The major version number of the operating system.
  2016 server : autoruns w2016 | %systemroot%\system32\rundll32.exe | %systemroot%\system32\pla.dll,PlaHost "Server Manager Performance Monitor" "$(Arg0)"
~\PLA\System\ConvertLogEntries
  vista : hjt | %SystemRoot%\system32\rundll32.exe | %SystemRoot%\system32\pla.dll,PlaConvertLogEntries
~\PLA\System\{*}_System Diagnostics
   : frst | Rundll32.exe | C:\Windows\system32\pla.dll,PlaHost "system\System Diagnostics" "$(Arg0)"
~\Plug and Play\Device Install Group Policy | SYSTEM | highest hidden | wnf | $(@%WINDIR%\system32\pnppolicy.dll,-600)
  8.1 10 11-25h2 2016 : hjt stock w2016 | {60400283-b242-4fa8-8c25-caf695b88209}
~\Plug and Play\Device Install Reboot Required | INTERACTIVE | highest hidden | logon wnf | $(@%WINDIR%\system32\pnpui.dll,-600)
  8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {48794782-6a1f-47b9-bd52-1d5f95d49c1b}
~\Plug and Play\Plug and Play Cleanup | SYSTEM | | | Microsoft Corporation
  8.1 10 2016 : hjt w2016 | {def03232-9688-11e2-be7f-b4b52fd966ff}
~\Plug and Play\Sysprep Generalize Drivers | SYSTEM | limited | | $(@%WINDIR%\System32\sppnp.dll,-2000)
  8 8.1 10 11-25h2 2016 : hjt stock w2016 | %WINDIR%\System32\drvinst.exe | 6
~\Pluton\Pluton-Ksp-Provisioning | SYSTEM | limited | wnf | $(@%WINDIR%\system32\PlutonTasks.dll,-600)
  11-25h2 : stock | {997e11e1-0eff-40bd-9b25-8da694816600}
~\Power Efficiency Diagnostics\AnalyzeSystem | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\energytask.dll,-600) | 2012r2 2016 | w2012r2 w2016
  8.1 10 11-25h2 : hjt stock | {927ea2af-1c54-43d5-825e-0074ce028eee}
  7 : hjt | %SystemRoot%\System32\powercfg.exe | -energy -auto
~\Printing\EduPrintProv | INTERACTIVE | limited | wnf
  10 11-25h2 : hjt stock | %windir%\system32\eduprintprov.exe
~\Printing\PrinterCleanupTask | INTERACTIVE | highest | calendar
  10 11-25h2 : hjt stock | {c56f065e-de49-4e42-be7c-305c45609d25}
~\Printing\PrintJobCleanupTask | INTERACTIVE | highest | calendar
  11 11-25h2 : hjt stock | {8abce260-32b6-476c-ae13-b34d0c91292d}
~\PushToInstall\LoginCheck | SYSTEM | highest | logon
  10 11-25h2 : hjt stock | %windir%\system32\sc.exe | start pushtoinstall login
~\PushToInstall\Registration | SYSTEM | highest | time wnf
  10 11-25h2 : hjt stock | %windir%\system32\sc.exe | start pushtoinstall registration
~\RAC\RACAgent
  vista : hjt | %SystemRoot%\system32\RacAgent.exe
~\RAC\RacTask | LOCAL SERVICE
  7 8.1 10 2012r2 : hjt w2012r2 | {42060d27-ca53-41f5-96e4-b1e8169308a6} | $(Arg0)
~\Ras\MobilityManager | LOCAL SERVICE | limited | event | $(@%WINDIR%\system32\rasmbmgr.dll,-201)
  7 8.1 10 11-25h2 : hjt stock | {c463a0fc-794f-4fdf-9201-01938ceacafa}
~\RecoveryEnvironment\VerifyWinRE | Administrators | highest hidden | maintenance | $(@%WINDIR%\system32\ReAgentTask.dll,-601)
  8.1 10 11-25h2 2016 : hjt stock w2016 | {89d1d0c2-a3cf-490c-abe3-b86cde34b047} | VerifyWinRE
~\ReFsDedupSvc\Initialization | SYSTEM | highest | wnf | $(@%WINDIR%\system32\refsdedupsvc.exe,-102)
  11-25h2 : stock | {dcff735b-64f7-45f3-b39c-6c66bbe2120f}
~\Registry\RegIdleBackup | SYSTEM | limited hidden | maintenance | $(@%WINDIR%\system32\regidle.dll,-600)
  7 8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {ca767aa8-9157-4604-b64b-40747123d5f2}
~\RemoteApp and Desktop Connections Update\* | | | | | | elastic
~\RemoteAssistance\RemoteAssistanceTask | SYSTEM | highest hidden | event registration | $(@%WINDIR%\system32\msra.exe,-686)
  vista 7 8 8.1 10 11-25h2 : hjt stock | %windir%\system32\RAServer.exe | /offerraupdate
~\RemovalTools\MRT_ERROR_HB | | | | | | sigma
  10 : hjt | %SystemRoot%\system32\MRT.exe | /EHB /HeartbeatFailure "SubmitHeartbeatReportData" /HeartbeatError "0x83760002"
  8.1 : hjt | %SystemRoot%\system32\MRT.exe | /EHB /HeartbeatFailure "SubmitHeartbeatReportData" /HeartbeatError "0x80072ee7"
~\RemovalTools\MRT_HB
  8.1 10 : hjt | %SystemRoot%\system32\MRT.exe | /EHB /Q
~\rempl\LaunchLowDiskToast
  10 : hjt | %ProgramFiles%\rempl\disktoast.exe | showtoast
~\rempl\shell
  10 : hjt | %ProgramFiles%\rempl\sedlauncher.exe
~\RetailDemo\CleanupOfflineContent | SYSTEM | highest hidden | calendar | $(@%WINDIR%\system32\rdxtaskfactory.dll,-100)
  10 11-25h2 : hjt stock | {61f77d5e-afe9-400b-a5e6-e9e80fc8e601}
`

/** Windows' own tasks whose path below \Microsoft\Windows begins with U to Z; the form is in `table.ts`. */
export const tasksUToZ = String.raw`
\User_Feed_Synchronization-{*}
  10 : hjt | %SystemRoot%\system32\msfeedssync.exe | sync
~\Unified Write Filter\Overlay Critical
  10 : hjt | %SystemRoot%\system32\uwfux.exe | -notifycritical
~\Unified Write Filter\Overlay Normal
  10 : hjt | %SystemRoot%\system32\uwfux.exe | -notifynormal
~\Unified Write Filter\Overlay Warning
  10 : hjt | %SystemRoot%\system32\uwfux.exe | -notifywarning
~\UNP\RunCampaignManager
  10 : hjt | %SystemRoot%\System32\UNP\UNPCampaignManager.exe
~\UNP\RunUpdateNotificationMgr
  10 : hjt | %SystemRoot%\System32\UNP\UpdateNotificationMgr.exe
~\UpdateOrchestrator\AC Power Download
  10 : hjt | %SystemRoot%\system32\usoclient.exe | StartDownload
~\UpdateOrchestrator\AC Power Install
  10 : hjt | %SystemRoot%\system32\usoclient.exe | StartInstall
~\UpdateOrchestrator\Backup Scan
  10 : hjt | %SystemRoot%\system32\usoclient.exe | StartScan
~\UpdateOrchestrator\Driver Install
  10 : hjt | %SystemRoot%\system32\usoclient.exe | StartInstall
~\UpdateOrchestrator\Maintenance Install | SYSTEM | disabled
  10 2016 : hjt w2016 | %systemroot%\system32\usoclient.exe | StartInstall
~\UpdateOrchestrator\MusUx_LogonUpdateResults
  10 : hjt | %SystemRoot%\system32\MusNotification.exe | LogonUpdateResults
~\UpdateOrchestrator\MusUx_UpdateInterval
  10 : hjt | %SystemRoot%\system32\MusNotification.exe | Display
~\UpdateOrchestrator\Policy Install | SYSTEM | disabled | calendar
  10 2016 : hjt w2016 | %systemroot%\system32\usoclient.exe | StartInstall
~\UpdateOrchestrator\Reboot | SYSTEM | | calendar | Microsoft Corporation
  10 2016 : hjt w2016 | %systemroot%\system32\MusNotification.exe
  10 : hjt | %systemroot%\system32\MusNotification.exe | Reboot
  10 : hjt | %systemroot%\system32\MusNotification.exe | ReadyToReboot
  10 : hjt | %systemroot%\system32\MusNotification.exe | RebootDialog
  10 : hjt | %systemroot%\system32\MusNotification.exe | RebootReminder
  10 : hjt | %systemroot%\system32\MusNotification.exe | ForcedRebootRetry
  10 : hjt | %systemroot%\system32\MusNotification.exe | ForcedReboot
  10 : hjt | %systemroot%\system32\MusNotification.exe | EngagedRebootReminder
~\UpdateOrchestrator\Reboot_AC
  10 : hjt | %systemroot%\system32\MusNotification.exe | /RunOnAC RebootDialog
  10 : hjt | %systemroot%\system32\MusNotification.exe | /RunOnAC ReadyToReboot
~\UpdateOrchestrator\Reboot_Battery
  10 : hjt | %systemroot%\system32\MusNotification.exe | /RunOnBattery ReadyToReboot
  10 : hjt | %systemroot%\system32\MusNotification.exe | /RunOnBattery RebootDialog
~\UpdateOrchestrator\Refresh Settings | SYSTEM | | calendar | Microsoft Corporation
  10 2016 : hjt w2016 | %systemroot%\system32\usoclient.exe | RefreshSettings
~\UpdateOrchestrator\Report policies | SYSTEM | limited | wnf maintenance | $(@%WINDIR%\system32\usosvc.dll,-103)
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | ReportPolicies
~\UpdateOrchestrator\Resume On Boot | SYSTEM | disabled | boot
  10 2016 : hjt w2016 | %systemroot%\system32\usoclient.exe | ResumeUpdate
~\UpdateOrchestrator\Schedule Maintenance Work | SYSTEM | limited disabled
  10-22h2 11-22h2 11-23h2 11-25h2 : privacy stock | %WINDIR%\system32\usoclient.exe | StartMaintenanceWork
~\UpdateOrchestrator\Schedule Retry Scan | INTERACTIVE | | logon
  10 2016 : hjt w2016 | %SystemRoot%\system32\usoclient.exe | StartScan
~\UpdateOrchestrator\Schedule Scan | SYSTEM | limited | time | Microsoft Corporation
  10 10-22h2 11-22h2 11-23h2 11-25h2 2016 : hjt privacy stock w2016 | %WINDIR%\system32\usoclient.exe | StartScan
~\UpdateOrchestrator\Schedule Scan Static Task | SYSTEM | limited | event wnf | Microsoft Corporation
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | StartScan
~\UpdateOrchestrator\Schedule Wake To Work | SYSTEM | limited | time
  10-22h2 11 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | StartWork
~\UpdateOrchestrator\Schedule Work | SYSTEM | limited | time
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | StartWork
~\UpdateOrchestrator\Start Oobe Expedite Work | SYSTEM | limited | wnf | $(@%WINDIR%\system32\usosvc.dll,-103)
  10 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | StartWork
~\UpdateOrchestrator\StartOobeAppsScan
  10 : hjt | %systemroot%\system32\usoclient.exe | StartOobeAppsScan
~\UpdateOrchestrator\StartOobeAppsScan_LicenseAccepted | SYSTEM | limited | wnf | $(@%WINDIR%\system32\usosvc.dll,-103)
  11 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | StartOobeAppsScan
~\UpdateOrchestrator\StartOobeAppsScan_OobeAppReady | | | | | 11-22h2 11-23h2 | privacy
~\UpdateOrchestrator\StartOobeAppsScanAfterUpdate | SYSTEM | limited | wnf | $(@%WINDIR%\system32\usosvc.dll,-103)
  10 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\usoclient.exe | StartOobeAppsScanAfterUpdate
~\UpdateOrchestrator\UIEOrchestrator | SYSTEM | limited | calendar | $(@%WINDIR%\system32\UIEOrchestrator.exe,-103)
  11-25h2 : stock | %WINDIR%\system32\UIEOrchestrator.exe | /SendHeartbeat
~\UpdateOrchestrator\Universal Orchestrator Idle Start
  10 : hjt | %SystemRoot%\system32\usoclient.exe | StartUWorkIdle
~\UpdateOrchestrator\Universal Orchestrator Start
  10 : hjt | %SystemRoot%\system32\usoclient.exe | StartUWork
~\UpdateOrchestrator\UpdateAssistant
  10 : hjt | %SystemRoot%\UpdateAssistant\UpdateAssistant.exe | /ClientID Win10Upgrade:VNL:*
~\UpdateOrchestrator\UpdateAssistantAllUsersRun
  10 : hjt | %SystemRoot%\UpdateAssistant\UpdateAssistant.exe | /ClientID Win10Upgrade:VNL:* /AllUsersRun
~\UpdateOrchestrator\UpdateAssistantCalendarRun
  10 : hjt | %SystemRoot%\UpdateAssistant\UpdateAssistant.exe | /ClientID Win10Upgrade:VNL:* /CalendarRun
~\UpdateOrchestrator\UpdateAssistantWakeupRun
  10 : hjt | %SystemRoot%\UpdateAssistant\UpdateAssistant.exe | /ClientID Win10Upgrade:VNL:* /WakeupRun
~\UpdateOrchestrator\UpdateModelTask
  10 10-22h2 : hjt privacy | %SystemRoot%\system32\usoclient.exe | StartModelUpdates
~\UpdateOrchestrator\USO_Broker_Display
  10 : hjt | %SystemRoot%\system32\MusNotification.exe | Display
~\UpdateOrchestrator\USO_UxBroker | SYSTEM | limited | calendar wnf | $(@%WINDIR%\system32\usosvc.dll,-103)
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | %WINDIR%\system32\MusNotification.exe
~\UpdateOrchestrator\USO_UxBroker_Display | SYSTEM
  10 2016 : hjt w2016 | %SystemRoot%\system32\MusNotification.exe | Display
~\UpdateOrchestrator\USO_UxBroker_ReadyToReboot | SYSTEM
  10 2016 : hjt w2016 | %systemroot%\system32\MusNotification.exe | ReadyToReboot
~\UpdateOrchestrator\UUS Failover Task | SYSTEM | limited | wnf | $(@%WINDIR%\system32\usosvc.dll,-103) | 11-22h2 11-23h2 | privacy
  11-25h2 : stock | %windir%\System32\MLEngineStub.exe | HandleUusFailoverEvaluationSignalFromWnf
  10 : hjt | %systemroot%\system32\usoclient.exe | HandleUusFailoverSignal
~\UPnP\UPnPHostConfig | SYSTEM | limited | | $(@%WINDIR%\system32\upnphost.dll,-215)
  11-25h2 2016 : stock w2016 | sc.exe | config upnphost start= auto
  vista 7 8 8.1 10 : hjt | %SystemRoot%\System32\sc.exe | config upnphost start= auto
~\USB\Usb-Notifications | INTERACTIVE | limited hidden | wnf | $(@%WINDIR%\system32\usbtask.dll,-600)
  10 11-25h2 : hjt stock | {e05be1c8-92a8-4757-b575-acaecb4e6a40}
~\User Profile Service\HiveUploadTask | SYSTEM | limited disabled | time | $(@%WINDIR%\system32\profsvc,-500)
  7 8.1 10 11-25h2 : hjt stock | {ba677074-762c-444b-94c8-8c83f93f6605}
~\WaaSMedic\MaintenanceWork | | disabled
  10 : frst | {72566e27-1abb-4eb3-b4f0-eb431cb1cb32} | MaintenanceWork
~\WaaSMedic\PerformRemediation | SYSTEM | limited | time | $(@%WINDIR%\system32\WaasMedicSvcImpl.dll,-102) | 10-22h2 11-22h2 11-23h2 | privacy
  10 11-25h2 : hjt stock | {72566e27-1abb-4eb3-b4f0-eb431cb1cb32} | None
  10 : hjt | %SystemRoot%\System32\WaaSMedic.exe | None
~\WCM\WiFiTask | INTERACTIVE | limited hidden | wnf | $(@%WINDIR%\system32\wifitask.exe,-1)
  10 11-25h2 : hjt stock | %WINDIR%\System32\WiFiTask.exe
~\WDI\ResolutionHost | INTERACTIVE | highest hidden | | $(@%WINDIR%\system32\dps.dll,-600)
  vista 7 8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {900be39d-6be8-461a-bc4d-b0fa71f5ecb1}
~\Windows Activation Technologies\ValidationTask
  7 : frst | %SystemRoot%\system32\Wat\WatAdminSvc.exe | /run
~\Windows Activation Technologies\ValidationTaskDeadline
  7 : frst | %SystemRoot%\system32\schtasks.exe | /run /I /TN "\Microsoft\Windows\Windows Activation Technologies\ValidationTask"
~\Windows Defender\Windows Defender Cache Maintenance | SYSTEM | highest | maintenance | | 10-22h2 11-22h2 | privacy
  10 11-25h2 : autoruns stock | C:\ProgramData\Microsoft\Windows Defender\Platform\*\MpCmdRun.exe | -IdleTask -TaskName WdCacheMaintenance
  8 8.1 10 2016 : hjt w2016 | %ProgramFiles%\Windows Defender\MpCmdRun.exe | -IdleTask -TaskName WdCacheMaintenance
  10 : hjt | MpCmdRun.exe | -IdleTask -TaskName WdCacheMaintenance
~\Windows Defender\Windows Defender Cleanup | SYSTEM | highest | maintenance | | 10-22h2 11-22h2 | privacy
  11-25h2 : stock | C:\ProgramData\Microsoft\Windows Defender\Platform\*\MpCmdRun.exe | -IdleTask -TaskName WdCleanup
  8 8.1 10 2016 : hjt w2016 | %ProgramFiles%\Windows Defender\MpCmdRun.exe | -IdleTask -TaskName WdCleanup
  10 : hjt | MpCmdRun.exe | -IdleTask -TaskName WdCleanup
~\Windows Defender\Windows Defender Scheduled Scan | SYSTEM | highest | maintenance | | 10-22h2 11-22h2 | privacy
  11-25h2 : stock | C:\ProgramData\Microsoft\Windows Defender\Platform\*\MpCmdRun.exe | Scan -ScheduleJob -ScanTrigger 55 -IdleScheduledJob
  8 8.1 10 2016 : hjt w2016 | %ProgramFiles%\Windows Defender\MpCmdRun.exe | Scan -ScheduleJob
  10 : hjt | MpCmdRun.exe | Scan -ScheduleJob -ScanTrigger 55
  10 : autoruns | C:\ProgramData\Microsoft\Windows Defender\Platform\*\MpCmdRun.exe | Scan -ScheduleJob -ScanTrigger 55
~\Windows Defender\Windows Defender Verification | SYSTEM | highest | maintenance | | 10-22h2 11-22h2 | privacy
  11-25h2 : stock | C:\ProgramData\Microsoft\Windows Defender\Platform\*\MpCmdRun.exe | -IdleTask -TaskName WdVerification
  8 8.1 10 2016 : hjt w2016 | %ProgramFiles%\Windows Defender\MpCmdRun.exe | -IdleTask -TaskName WdVerification
  10 : hjt | MpCmdRun.exe | -IdleTask -TaskName WdVerification
~\Windows Error Reporting\QueueReporting | SYSTEM; Users on 2012r2 | highest | boot time wnf | $(@%WINDIR%\system32\wer.dll,-293) | 10-22h2 11-22h2 | privacy
  10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\wermgr.exe | -upload
  vista 7 8 8.1 2012r2 : hjt w2012r2 | %SystemRoot%\system32\wermgr.exe | -queuereporting
~\Windows Filtering Platform\BfeOnServiceStartTypeChange | SYSTEM | limited hidden | event | $(@%WINDIR%\system32\bfe.dll,-2001)
  7 8 8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | %windir%\system32\rundll32.exe | bfe.dll,BfeOnServiceStartTypeChange
~\Windows Media Sharing\UpdateLibrary | Authenticated Users | limited | event | $(@%ProgramFiles%\Windows Media Player\wmpnscfg.exe,-1001)
  7 8 8.1 10 11-25h2 : hjt stock | %ProgramFiles%\Windows Media Player\wmpnscfg.exe
~\WindowsAI\Recall\InitialConfiguration | SYSTEM | limited disabled | boot
  11-25h2 : stock | {709fd5ef-7296-4154-bd3a-e9830fcfa60a}
~\WindowsAI\Recall\PolicyConfiguration | SYSTEM | limited | session wnf
  11-25h2 : stock | {0be6820d-b667-4cb6-931b-c153a77da895}
~\WindowsAI\Settings\InitialConfiguration | SYSTEM | limited | boot registration
  11-25h2 : stock | {2886e5fb-4f01-4a89-9a0e-5d6a9c8048ac}
~\WindowsBackup\AutomaticBackup
  7 : hjt | %SystemRoot%\System32\rundll32.exe | /d sdengin2.dll,ExecuteScheduledBackup
~\WindowsBackup\ConfigNotification
  7 8 8.1 : hjt | %systemroot%\System32\sdclt.exe | /CONFIGNOTIFICATION
  8.1 : hjt | %SystemRoot%\System32\sdclt.exe | /CONFIGNOTIFICATION /FIRSTTIME
~\WindowsBackup\Windows Backup Monitor
  7 10 : hjt | %SystemRoot%\system32\sdclt.exe | /CHECKSKIPPED
~\WindowsColorSystem\Calibration Loader | Users | limited | logon session | $(@%WINDIR%\system32\mscms.dll,-201)
  7 8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {b210d694-c8df-490d-9576-9e20cdbc20bd}
~\WindowsUpdate\AUFirmwareInstall | LOCAL SERVICE
  8.1 2012r2 : hjt w2012r2 | {eff7f153-1c97-417a-b633-fede6683a939}
~\WindowsUpdate\AUScheduledInstall | SYSTEM
  8.1 10 2012r2 : hjt w2012r2 | {f3b4e234-7a68-4e43-b813-e4ba55a065f6}
~\WindowsUpdate\AUSessionConnect | SYSTEM
  8.1 10 2012r2 : hjt w2012r2 | {784e29f4-5ebe-4279-9948-1e8fe941646d}
~\WindowsUpdate\Automatic App Update | INTERACTIVE | | calendar | Microsoft Corporation
  10 2016 : hjt w2016 | {a6ba00fe-40e8-477c-b713-c64a14f18adb}
~\WindowsUpdate\Refresh Group Policy Cache | SYSTEM | limited | wnf | $(@%WINDIR%\system32\updatepolicy.dll,-1000)
  10 11 11-25h2 : hjt stock | {07369a67-07a6-4608-abea-379491cb7c46}
~\WindowsUpdate\RUXIM\PLUGScheduler
  10 : hjt | %ProgramFiles%\RUXIM\PLUGscheduler.exe
~\WindowsUpdate\RUXIM\RUXIMDisplay
  10 : hjt | %ProgramFiles%\ruxim\ruximics.exe | /nonetwork
~\WindowsUpdate\RUXIM\RUXIMSync
  10 : hjt | %ProgramFiles%\ruxim\ruximics.exe | /onlyloadcampaigns
~\WindowsUpdate\Scheduled Start | SYSTEM | limited | session time wnf | $(@%WINDIR%\System32\wuaueng.dll,-112)
  8 8.1 10 10-22h2 11-22h2 11-23h2 11-25h2 2012r2 2016 : hjt privacy stock w2012r2 w2016 | %WINDIR%\System32\sc.exe | start wuauserv
~\WindowsUpdate\Scheduled Start With Network | SYSTEM
  8.1 10 2012r2 : hjt w2012r2 | %SystemRoot%\system32\sc.exe | start wuauserv
~\WindowsUpdate\sih | SYSTEM | | calendar | Microsoft Corporation.
  10 2016 : hjt w2016 | %systemroot%\System32\sihclient.exe
~\WindowsUpdate\sihboot | SYSTEM | | boot | Microsoft Corporation.
  10 2016 : hjt w2016 | %systemroot%\System32\sihclient.exe | /boot
~\WindowsUpdate\sihpostreboot
  10 : hjt | %SystemRoot%\system32\sihclient.exe | /PostReboot
~\Wininet\CacheTask | Users | limited | logon | $(@%WINDIR%\system32\wininet.dll,-16000)
  7 8.1 10 11-25h2 2012r2 2016 : hjt stock w2012r2 w2016 | {0358b920-0ac7-461f-98f4-58e32cd89148}
~\Wired\GatherWiredInfo
  vista : hjt | %SystemRoot%\system32\gatherWiredInfo.vbs
~\Wireless\GatherWirelessInfo
  vista : hjt | %SystemRoot%\system32\gatherWirelessInfo.vbs
~\WlanSvc\CDSSync | INTERACTIVE | highest | wnf
  10 11-25h2 : hjt stock | {b0d2b535-12e1-439f-86b3-bada289510f0} | $(Arg0)
~\WlanSvc\MoProfileManagement | SYSTEM | highest | wnf
  11 11-25h2 : hjt stock | {085eda12-cf4a-4944-8222-8adcade137cb}
~\WOF\WIM-Hash-Management | SYSTEM | limited | wnf | $(@%WINDIR%\system32\WofTasks.dll,-600)
  8.1 10 11-25h2 : hjt stock | {b7bffb5a-efa8-4d8c-bbde-c8d5faaf54a1} | WimHashManagement
~\WOF\WIM-Hash-Validation | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\WofTasks.dll,-600)
  8.1 10 11-25h2 : hjt stock | {b7bffb5a-efa8-4d8c-bbde-c8d5faaf54a1} | WimHashValidation
~\Work Folders\Work Folders Logon Synchronization | INTERACTIVE | limited | logon | $(@%WINDIR%\system32\WorkFoldersShell.dll,-18001)
  8.1 10 11-25h2 : hjt stock | {97d47d56-3777-49fb-8e8f-90d7e30e1a1e} | Logon
~\Work Folders\Work Folders Maintenance Work | INTERACTIVE | limited | logon maintenance | $(@%WINDIR%\system32\WorkFoldersShell.dll,-18005)
  8.1 10 11-25h2 : hjt stock | {63260bce-a3fb-4a34-aa51-d4d8e877b62b}
~\Workplace Join\Automatic-Device-Join | SYSTEM | highest disabled | event logon
  10 11-25h2 : hjt memory stock | %WINDIR%\System32\dsregcmd.exe | $(Arg0) $(Arg1) $(Arg2)
  10 2016 : hjt w2016 | %SystemRoot%\System32\dsregcmd.exe
~\Workplace Join\Automatic-Workplace-Join | Authenticated Users
  8.1 10 2012r2 : hjt w2012r2 | %SystemRoot%\System32\AutoWorkplace.exe | join
~\Workplace Join\Device-Sync | SYSTEM | limited disabled | wnf | $(@%WINDIR%\system32\dsregtask.dll,-600)
  10 11-25h2 : hjt stock | {c662d912-e4d6-44a3-89a0-20550514951d} | DeviceUpdate
~\Workplace Join\Recovery-Check | INTERACTIVE | highest disabled | logon session
  10 11-25h2 : hjt memory stock | %WINDIR%\System32\dsregcmd.exe | /checkrecovery
~\WS\Badge Update
  8.1 : hjt | {00ccddf6-5107-424d-853d-3907ae5502dc}
~\WS\License Validation
  8 8.1 10 : hjt | %SystemRoot%\System32\rundll32.exe | WSClient.dll,WSpTLR licensing
~\WS\Sync Licenses
  8.1 : hjt | {10f591be-3c84-418a-86dd-baa002e2f36e}
~\WS\WSRefreshBannedAppsListTask
  8 8.1 : hjt | %SystemRoot%\System32\rundll32.exe | WSClient.dll,RefreshBannedAppsList
~\WS\WSTask | SYSTEM
  8.1 10 2012r2 : hjt w2012r2 | {e52c9a25-f3e8-49e4-baa7-fad0ef620129} | $(Arg0);$(Arg1)
~\WwanSvc\NotificationTask | INTERACTIVE | limited hidden | wnf | $(@%WINDIR%\system32\wifitask.exe,-1)
  10 11-25h2 : hjt stock | %WINDIR%\System32\WiFiTask.exe | wwan
~\WwanSvc\OobeDiscovery | SYSTEM | highest | wnf
  10 11-25h2 : hjt stock | {c93cf9d5-031b-4aaa-ab0b-ef802347b381}
`

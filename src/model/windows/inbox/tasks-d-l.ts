/** Windows' own tasks whose path below \Microsoft\Windows begins with D to L; the form is in `table.ts`. */
export const tasksDToL = String.raw`
~\Data Integrity Scan\Data Integrity Check And Scan | SYSTEM | highest | boot calendar | $(@%WINDIR%\system32\discan.dll,-600)
  10 11-25h2 : hjt stock | {dcfd3ea8-d960-4719-8206-490ae315f94f}
~\Data Integrity Scan\Data Integrity Scan | SYSTEM | highest | calendar | $(@%WINDIR%\system32\discan.dll,-600)
  8.1 10 11-25h2 2012r2 2016 2019 : hjt stock w2012r2 w2016 w2019 | {dcfd3ea8-d960-4719-8206-490ae315f94f} | -Manual
~\Data Integrity Scan\Data Integrity Scan for Crash Recovery | SYSTEM | highest hidden | wnf | $(@%WINDIR%\system32\discan.dll,-600)
  8.1 10 11-25h2 2012r2 2016 2019 : hjt stock w2012r2 w2016 w2019 | {dcfd3ea8-d960-4719-8206-490ae315f94f} | -CrashRecovery
~\Defrag\ScheduledDefrag | SYSTEM | highest | maintenance | $(@%WINDIR%\system32\defragsvc.dll,-801) | 11 | frst
  8 8.1 10 11-25h2 : hjt stock triage | %windir%\system32\defrag.exe | -c -h -o -$
  10 2012r2 2016 2019 : hjt w2012r2 w2016 w2019 | %SystemRoot%\system32\defrag.exe | -c -h -k -g -$
  7 : hjt | %SystemRoot%\system32\defrag.exe | -c
  7 : hjt | %SystemRoot%\system32\defrag.exe | -c -i -g
  vista : hjt | %SystemRoot%\system32\defrag.exe | -c -i
~\Device Information\Device | SYSTEM | limited | time wnf | | 10-22h2 11-22h2 | privacy
  10 11-25h2 : hjt stock | %windir%\system32\devicecensus.exe | SystemCxt
  10 2016 2019 : hjt w2016 w2019 | %SystemRoot%\system32\devicecensus.exe
~\Device Information\Device User | INTERACTIVE | limited | logon
  10 10-22h2 11-22h2 11-25h2 : hjt privacy stock | %windir%\system32\devicecensus.exe | UserCxt
~\Device Setup\Driver Recovery on Reboot | SYSTEM | highest hidden disabled | boot | $(@%WINDIR%\system32\DeviceSetupManagerAPI.dll,-600)
  11-25h2 : stock | {452f6ddc-7930-4b57-8794-19cd7420241d}
~\Device Setup\Metadata Refresh | INTERACTIVE | limited hidden | maintenance | $(@%WINDIR%\System32\DeviceSetupManager.dll,-600)
  8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {23c1f3cf-c110-4512-aca9-7b6174ece888}
~\DeviceDirectoryClient\HandleCommand | SYSTEM | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -HandleCommand
~\DeviceDirectoryClient\HandleWnsCommand | SYSTEM | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -WnsCommand
~\DeviceDirectoryClient\IntegrityCheck | SYSTEM | limited hidden | time
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -IntegrityCheck
~\DeviceDirectoryClient\LocateCommandUserSession | INTERACTIVE | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -UserSessionCommand
~\DeviceDirectoryClient\RegisterDeviceAccountChange | SYSTEM | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -AccountChange
~\DeviceDirectoryClient\RegisterDeviceConnectedToNetwork
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -ConnectedToNetwork
~\DeviceDirectoryClient\RegisterDeviceLocationRightsChange | SYSTEM | limited hidden disabled | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -SettingChange -NoLocation
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -SettingChange
~\DeviceDirectoryClient\RegisterDevicePeriodic1
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -Periodic -FreeNetworkOnly
~\DeviceDirectoryClient\RegisterDevicePeriodic24 | SYSTEM | limited hidden disabled | time
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -Periodic
~\DeviceDirectoryClient\RegisterDevicePeriodic6
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -Periodic
~\DeviceDirectoryClient\RegisterDevicePolicyChange | SYSTEM | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -SettingChange -NoLocation
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -SettingChange
~\DeviceDirectoryClient\RegisterDeviceProtectionStateChanged | SYSTEM | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -ProtectionStateChanged -FreeNetworkOnly -NoLocation
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -ProtectionStateChanged -FreeNetworkOnly
~\DeviceDirectoryClient\RegisterDeviceScreenOnOff
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -ScreenOnOff
~\DeviceDirectoryClient\RegisterDeviceSettingChange | SYSTEM | limited hidden | wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -SettingChange -Full
~\DeviceDirectoryClient\RegisterDeviceWnsFallback
  10 : hjt | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterDevice -Periodic
~\DeviceDirectoryClient\RegisterUserDevice | INTERACTIVE | limited hidden | logon wnf
  10 11-25h2 : hjt stock | {ae31b729-d5fd-401e-af42-784074835afe} | -RegisterUserDevice -NewAccount
~\Diagnosis\RecommendedTroubleshootingScanner | SYSTEM | highest | boot wnf | $(@%WINDIR%\system32\mitigationclient.dll,-200)
  10 11-25h2 : hjt stock | {ad08dcc2-4e35-4486-9d49-547cbd30942d}
  10 : hjt | %SystemRoot%\system32\mitigationscanner.exe
~\Diagnosis\Scheduled | INTERACTIVE | highest hidden | maintenance | $(@%WINDIR%\system32\sdiagschd.dll,-101)
  7 8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {c1f85ef8-bcc2-4606-bb39-70c523715eb3}
~\Diagnosis\UnexpectedCodepath | SYSTEM | highest hidden | wnf
  11-25h2 : stock | %windir%\system32\UCConfigTask.exe
~\DirectX\DirectXDatabaseUpdater | SYSTEM | highest hidden | logon wnf
  10 11-25h2 : hjt stock triage | %windir%\system32\directxdatabaseupdater.exe
~\DirectX\DXGIAdapterCache | SYSTEM | highest hidden | boot wnf
  10 11-25h2 2019 : hjt stock triage w2019 | %windir%\system32\dxgiadaptercache.exe
~\DiskCleanup\SilentCleanup | Users | highest | maintenance | $(@%WINDIR%\system32\cleanmgr.exe,-1300)
  10 11-25h2 : hjt stock | %windir%\system32\cleanmgr.exe | /autocleanstoragesense /d %systemdrive%
  8.1 10 2016 2019 : hjt triage w2016 w2019 | %SystemRoot%\system32\cleanmgr.exe | /autoclean /d %systemdrive%
~\DiskDiagnostic\Microsoft-Windows-DiskDiagnosticDataCollector | SYSTEM | limited hidden | maintenance | $(@%WINDIR%\System32\DFDTS.dll,-101)
  vista 7 8 8.1 10 10-21h2 10-22h2 11-23h2 11-25h2 2016 2019 : hjt privacy stock triage w2016 w2019 | %windir%\system32\rundll32.exe | dfdts.dll,DfdGetDefaultPolicyAndSMART
~\DiskDiagnostic\Microsoft-Windows-DiskDiagnosticResolver | Users | highest hidden disabled | logon | $(@%WINDIR%\System32\DFDTS.dll,-101)
  vista 7 8 8.1 10 10-21h2 10-22h2 11-22h2 11-23h2 11-25h2 2016 2019 : hjt privacy stock w2016 w2019 | %windir%\system32\DFDWiz.exe
~\DiskFootprint\Diagnostics | SYSTEM | highest | maintenance
  10 11-25h2 2016 2019 : hjt stock w2016 w2019 | %windir%\system32\disksnapshot.exe | -z
  8.1 : hjt | {5b6b6834-34f0-49b9-ad4e-81d4994c7a74}
~\DiskFootprint\StorageSense | SYSTEM; Users on 2016; Users on 2019 | highest | maintenance | | 2016 2019 | w2016 w2019
  10 11-25h2 : hjt stock | {ab2a519b-03b0-43ce-940a-a73df850b49a}
  10 : hjt | %SystemRoot%\system32\rundll32.exe | %SystemRoot%\system32\StorageUsage.dll,GetStorageUsageInfo
~\DUSM\dusmtask | INTERACTIVE | limited | wnf
  10 11-25h2 : hjt stock | %WINDIR%\System32\dusmtask.exe
~\EDP\EDP App Launch Task | INTERACTIVE | limited | wnf
  10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {61bcd1b9-340c-40ec-9d41-d7f1c0632f05} | AppLaunch
~\EDP\EDP Auth Task | INTERACTIVE | limited | wnf
  10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {61bcd1b9-340c-40ec-9d41-d7f1c0632f05} | ReAuth
~\EDP\EDP Inaccessible Credentials Task | INTERACTIVE | limited | wnf
  10 11-25h2 2019 : hjt stock w2019 | {61bcd1b9-340c-40ec-9d41-d7f1c0632f05} | MissingCredentials
~\EDP\StorageCardEncryption Task | INTERACTIVE | limited | wnf
  10 11-25h2 2019 : hjt stock w2019 | {61bcd1b9-340c-40ec-9d41-d7f1c0632f05} | SDCardEncryptionPolicy
~\EnterpriseMgmt\*\Schedule #1 created by enrollment client
  10 11 : frst | %SystemRoot%\system32\deviceenroller.exe | /o "*" /c
~\EnterpriseMgmt\*\Schedule #2 created by enrollment client
  10 11 : frst | %SystemRoot%\system32\deviceenroller.exe | /o "*" /c
~\EnterpriseMgmt\*\Schedule #3 created by enrollment client
  10 11 : frst | %SystemRoot%\system32\deviceenroller.exe | /o "*" /c /b
~\EnterpriseMgmt\*\Schedule created by enrollment client for renewal of certificate warning
  10 11 : frst | %SystemRoot%\system32\deviceenroller.exe | /c /r /d *
~\EnterpriseMgmt\*\Schedule to run OMADMClient by client
  10 11 : frst | %SystemRoot%\system32\omadmclient.exe | /serverid "*" /lookuptype 1 /initiator 0
~\EnterpriseMgmt\*\Schedule to run OMADMClient by server
  10 11 : frst | %SystemRoot%\system32\omadmclient.exe | /serverid "*"
~\EnterpriseMgmt\MDMMaintenenceTask
  10 : hjt | %SystemRoot%\system32\MDMAgent.exe
~\ErrorDetails\EnableErrorDetailsUpdate | SYSTEM | | | $(@%SystemRoot%\system32\ErrorDetailsUpdate.dll,-600)
  10 2016 : hjt privacy w2016 | {fe285c8c-5360-41c1-a700-045501c740de}
~\ErrorDetails\ErrorDetailsUpdate | NETWORK SERVICE | disabled | | $(@%systemroot%\system32\ErrorDetailsUpdate.dll,-600)
  10 2016 : hjt w2016 | {9cda66be-3271-4723-8d35-dd834c58ad92}
~\ExploitGuard\ExploitGuard MDM policy Refresh | SYSTEM | limited | boot wnf | $(@%WINDIR%\system32\mitigationconfiguration.dll,-600)
  10 10-22h2 11-22h2 11-25h2 2019 : hjt privacy stock w2019 | {711001cd-cc1d-4470-9b7e-1ef73849c79e} | ExploitGuardPolicy
~\Feedback\Siuf\DmClient | SYSTEM | highest | maintenance | $(@%WINDIR%\system32\dmclient.exe,-200)
  10 11-25h2 : hjt stock triage | %windir%\system32\dmclient.exe
~\Feedback\Siuf\DmClientOnScenarioDownload | SYSTEM | highest | wnf | $(@%WINDIR%\system32\dmclient.exe,-200)
  10 11-25h2 : hjt stock triage | %windir%\system32\dmclient.exe | utcwnf
~\File Classification Infrastructure\Property Definition Sync | SYSTEM | highest disabled | calendar | $(@%WINDIR%\system32\srm.dll,-18001)
  8.1 10 11-25h2 : hjt stock | {2ae64751-b728-4d6b-97a0-b2da2e7d2a3b}
~\FileHistory\File History (maintenance mode) | LOCAL SERVICE | limited | maintenance | $(@%WINDIR%\system32\fhtask.dll,-201)
  8.1 10 11-25h2 : hjt stock | {89917b7c-a1a6-11df-8bf6-18a90531a85a}
~\Flighting\FeatureConfig\BootstrapUsageDataReporting | SYSTEM | limited disabled | time | $(@%WINDIR%\system32\fcon.dll,-602)
  11-25h2 : stock | {d759c938-b375-41cb-a2a2-e6d866a767f4}
~\Flighting\FeatureConfig\GovernedFeatureUsageProcessing | SYSTEM | limited | wnf | $(@%WINDIR%\system32\fcon.dll,-601)
  11-25h2 : stock | {866f38a9-0302-4926-a36f-e4baabaae116}
~\Flighting\FeatureConfig\ReconcileConfigs | SYSTEM | limited | wnf | $(@%WINDIR%\system32\fcon.dll,-601)
  11-25h2 : stock | {15f5ece1-4550-4a92-8e26-984fd1da54fa}
~\Flighting\FeatureConfig\ReconcileFeatures | SYSTEM | limited | wnf | $(@%WINDIR%\system32\fcon.dll,-601)
  10 11-25h2 : frst hjt stock | {59eecbfe-c2f5-4419-9b99-13fe05ff2675}
~\Flighting\FeatureConfig\UsageDataFlushing | SYSTEM | limited | wnf | $(@%WINDIR%\system32\fcon.dll,-602)
  10 11-25h2 : hjt stock | {99efdad1-0f11-4a6b-a702-4e1c37d1a3ef}
~\Flighting\FeatureConfig\UsageDataReceiver | SYSTEM | limited | wnf | $(@%WINDIR%\system32\fcon.dll,-602)
  11-25h2 : stock | {d4c0420f-76bd-4f66-a91f-918a93abebeb}
~\Flighting\FeatureConfig\UsageDataReporting | SYSTEM | limited | wnf maintenance | $(@%WINDIR%\system32\fcon.dll,-602)
  10 11-25h2 : hjt stock | {bbfcd054-8aac-45de-a1eb-7b246c9028af}
~\Flighting\OneSettings\RefreshCache | SYSTEM | limited | time wnf | $(@%WINDIR%\system32\wosc.dll,-601)
  10 11-25h2 : hjt stock | {e07647f7-aed2-48d9-9720-939bc24a8a3c}
~\HelloFace\FODCleanupTask
  10 : autoruns hjt | %SystemRoot%\System32\WinBioPlugIns\FaceFodUninstaller.exe
~\Hotpatch\Monitoring | SYSTEM | highest | boot logon time maintenance
  11-25h2 : stock | %WINDIR%\system32\cmd.exe | /d /c %WINDIR%\system32\hpatchmonTask.cmd
~\IME\SQM data sender | LOCAL SERVICE
  8.1 2012r2 : hjt w2012r2 | {ccb1d8cb-d39f-41c9-b793-0196214bdc4e}
~\input\InputSettingsRestoreDataAvailable | INTERACTIVE | limited | wnf
  11 11-25h2 : hjt stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa} | InputSettingsRestoreDataAvailable
~\input\LocalUserSyncDataAvailable | INTERACTIVE | highest | wnf
  10 11-25h2 : hjt stock | {8e7c2afb-72b9-415c-9ac2-5037693309b7} | LocalUserSyncDataAvailable
~\input\MouseSyncDataAvailable | INTERACTIVE | highest | wnf
  10 11-25h2 : hjt stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa} | MouseSyncDataAvailable
~\input\PenSyncDataAvailable | INTERACTIVE | highest | wnf
  10 11-25h2 : hjt stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa} | PenSyncDataAvailable
~\input\RemoteMouseSyncDataAvailable | INTERACTIVE | highest | wnf
  11-25h2 : stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa}
~\input\RemotePenSyncDataAvailable | INTERACTIVE | highest | wnf
  11-25h2 : stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa}
~\input\RemoteTouchpadSyncDataAvailable | INTERACTIVE | highest | wnf
  11-25h2 : stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa}
~\input\syncpensettings | INTERACTIVE | highest | wnf
  11 11-25h2 : hjt stock | {3ecee215-83f5-4123-a592-74f1fe4c3d59} | SYNC_PEN_SETTINGS
~\input\TouchpadSyncDataAvailable | INTERACTIVE | highest | wnf
  10 11-25h2 : hjt stock | {378eab97-efd6-4ed5-9ad9-e64a6aa1e6fa} | TouchpadSyncDataAvailable
~\InstallService\RestoreDevice | INTERACTIVE | limited | wnf
  11 11-23h2 11-25h2 : hjt privacy stock | {7f019157-05c8-473f-8664-2ba04a090dc8}
~\InstallService\ScanForUpdates | SYSTEM | limited | time wnf
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | {a558c6a5-b42b-4c98-b610-bf9559143139}
~\InstallService\ScanForUpdatesAsUser | INTERACTIVE | limited | maintenance
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | {ddafaea2-8842-4e96-bade-d44a8d676fdb}
~\InstallService\SmartRetry | SYSTEM | highest | boot time wnf
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | {f3a219c3-2698-4cbf-9c07-037edb8e72e6}
~\InstallService\WakeUpAndContinueUpdates | SYSTEM | limited disabled
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | {0dc331ee-8438-49d5-a721-e10b937ce459}
~\InstallService\WakeUpAndScanForUpdates | SYSTEM | limited disabled | time
  10 10-22h2 11-22h2 11-23h2 11-25h2 : hjt privacy stock | {d5a04d91-6fe6-4fe4-a98a-feb4500c5af7}
~\International\Synchronize Language Settings | INTERACTIVE | limited | logon wnf | $(@%WINDIR%\System32\CoreGlobConfig.Dll,-600)
  10 11-25h2 : hjt stock | {10d62541-90d0-42fe-848c-0dbc1ac42eda} | SyncFromCloud
~\Kernel\La57Cleanup | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\la57setup.exe,-201)
  10 11-25h2 : hjt stock | %windir%\system32\la57setup.exe
~\LanguageComponentsInstaller\Installation | INTERACTIVE | limited | logon | $(@%WINDIR%\System32\LanguageComponentsInstaller.Dll,-600)
  10 11-25h2 : hjt stock | {6f58f65f-ec0e-4aca-99fe-fc5a1a25e4be} | Install $(Arg0)
~\LanguageComponentsInstaller\ReconcileLanguageResources | INTERACTIVE | limited | logon | $(@%WINDIR%\system32\LanguageOverlayServer.dll,-102)
  10 11-25h2 : hjt stock | {d0582e3b-3126-4caa-9155-ac37c912a489}
~\LanguageComponentsInstaller\Uninstallation | SYSTEM | highest | maintenance | $(@%WINDIR%\System32\LanguageComponentsInstaller.Dll,-600)
  10 11-25h2 : hjt stock | {6f58f65f-ec0e-4aca-99fe-fc5a1a25e4be} | Uninstall
~\License Manager\TempSignedLicenseExchange | INTERACTIVE | highest hidden | maintenance | $(@%WINDIR%\system32\TempSignedLicenseExchangeTask.dll,-600)
  10 11-25h2 2016 : hjt stock w2016 | {77646a68-ad14-4d53-897d-7be4dde5f929}
~\Location\Notifications | Authenticated Users
  10 2016 : hjt w2016 | %SystemRoot%\System32\LocationNotificationWindows.exe
  7 8 8.1 : hjt | %SystemRoot%\System32\LocationNotifications.exe
~\Location\WindowsActionDialog | Authenticated Users | limited | wnf
  10 11-25h2 2016 : hjt stock w2016 | %windir%\System32\WindowsActionDialog.exe
`

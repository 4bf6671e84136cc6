/** Windows' own tasks whose path below \Microsoft\Windows begins with A to C; the form is in `table.ts`. */
export const tasksAToC = String.raw`
\Agent Activation Runtime\S-1-5-21-* | | disabled
  10 : frst | %SystemRoot%\System32\AgentActivationRuntimeStarter.exe
\CreateExplorerShellUnelevatedTask
  10 : hjt | %SystemRoot%\explorer.exe | /NOUACCHECK
~\AccountHealth\RecoverabilityToastTask | INTERACTIVE | limited | session | $(@%WINDIR%\system32\accounthealth.dll,-100)
  11-25h2 : stock | {b7f5b442-ebf8-46cd-9f0b-d8e45ed43492}
~\Active Directory Rights Management Services Client\AD RMS Rights Policy Template Management (Automated) | Everyone | limited disabled | calendar logon | $(@%WINDIR%\System32\msdrm.dll,-6001)
  vista 7 8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {cf2cf428-325b-48d3-8ca8-7633e36e5a32}
~\Active Directory Rights Management Services Client\AD RMS Rights Policy Template Management (Manual) | Everyone | limited | logon | $(@%WINDIR%\System32\msdrm.dll,-6001)
  vista 7 8.1 10 11-25h2 2016 : hjt stock w2016 | {bf5cb148-7c77-4d8a-a53e-d81c70cf743c}
~\AppID\EDP Policy Manager | LOCAL SERVICE | limited | wnf | $(@%WINDIR%\system32\ApplockerCsp.dll,-100)
  10 11-25h2 : hjt stock | {deca92e0-af85-439e-9204-86679978da08} | EdpPolicyManager
~\AppID\PolicyConverter | SYSTEM | limited | | $(@%WINDIR%\system32\appidsvc.dll,-301)
  7 8 8.1 10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\appidpolicyconverter.exe
~\AppID\SmartScreenSpecific | SYSTEM; INTERACTIVE on 2012r2 | | logon | Microsoft Corporation
  8.1 10 2012r2 2016 : hjt w2012r2 w2016 | {9f2b0085-9218-42a1-88b0-9f0e65851666} | U
~\AppID\VerifiedPublisherCertStoreCheck | LOCAL SERVICE | limited | boot | $(@%WINDIR%\system32\appidsvc.dll,-201)
  7 8 8.1 10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\appidcertstorecheck.exe
~\Application Experience\AitAgent | | | | | | privacy
  8 8.1 : hjt | %SystemRoot%\System32\aitagent.exe | /increment
  7 : hjt | %SystemRoot%\System32\aitagent.exe
~\Application Experience\MareBackup | SYSTEM | limited | | $(@%WINDIR%\system32\aemarebackup.dll,-701)
  11-23h2 11-25h2 : privacy stock | %windir%\system32\compattelrunner.exe | -m:aeinv.dll -f:UpdateSoftwareInventoryW invsvc
  + | %windir%\system32\compattelrunner.exe | -m:appraiser.dll -f:DoScheduledTelemetryRun
  + | %windir%\system32\compattelrunner.exe | -m:aemarebackup.dll -f:BackupMareData
~\Application Experience\Microsoft Compatibility Appraiser | SYSTEM | limited | time | $(@%WINDIR%\system32\compattelrunner.exe,-501) | 10-22h2 11-22h2 11-23h2 | privacy
  11-25h2 : stock | %windir%\system32\sc.exe | start InventorySvc
  10 2016 : hjt w2016 | %SystemRoot%\system32\compattelrunner.exe
  2012r2 : w2012r2 | %windir%\system32\rundll32.exe | aepdu.dll,AePduRunUpdate -nolegacy
~\Application Experience\Microsoft Compatibility Appraiser Exp | SYSTEM | limited | wnf | $(@%WINDIR%\system32\compattelrunner.exe,-501)
  11-25h2 : stock | %windir%\system32\compattelrunner.exe | -m:appraiser.dll -f:DoScheduledTelemetryRun express
~\Application Experience\PcaPatchDbTask | SYSTEM | limited | time | Microsoft Corporation
  10 10-22h2 11-22h2 11-23h2 11-25h2 : privacy stock triage | %windir%\system32\rundll32.exe | %windir%\system32\PcaSvc.dll,PcaPatchSdbTask
~\Application Experience\ProgramDataUpdater | SYSTEM | | | $(@%SystemRoot%\system32\invagent.dll,-701) | 10-22h2 | privacy
  10 2016 : hjt w2016 | %SystemRoot%\system32\compattelrunner.exe | -maintenance
  7 2012r2 : hjt w2012r2 | %systemroot%\system32\rundll32.exe | aepdu.dll,AePduRunUpdate
~\Application Experience\SdbinstMergeDbTask | SYSTEM | limited | wnf | $(@%WINDIR%\system32\sdbinst.exe,-1061)
  11-22h2 11-23h2 11-25h2 : privacy stock | %windir%\system32\sdbinst.exe | -mm
~\Application Experience\StartupAppTask | INTERACTIVE | limited | maintenance | $(@%WINDIR%\system32\Startupscan.dll,-701)
  8.1 10 10-22h2 11-22h2 11-23h2 11-25h2 2016 : hjt privacy stock triage w2016 | %windir%\system32\rundll32.exe | Startupscan.dll,SusRunTask
~\ApplicationData\appuriverifierdaily | INTERACTIVE | limited | maintenance | $(@%WINDIR%\system32\AppHostRegistrationVerifier.exe,-10004)
  10 11-25h2 2016 : hjt stock w2016 | %windir%\system32\AppHostRegistrationVerifier.exe
~\ApplicationData\appuriverifierinstall | INTERACTIVE | limited | wnf | $(@%WINDIR%\system32\AppHostRegistrationVerifier.exe,-10004)
  10 11-25h2 2016 2019 : hjt stock w2016 w2019 | %windir%\system32\AppHostRegistrationVerifier.exe
~\ApplicationData\CleanupTemporaryState | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\Windows.Storage.ApplicationData.dll,-5002)
  8 8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | %windir%\system32\rundll32.exe | Windows.Storage.ApplicationData.dll,CleanupTemporaryState
~\ApplicationData\DsSvcCleanup | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\dssvc.dll,-10004)
  10 11-25h2 2016 2019 : hjt stock w2016 w2019 | %windir%\system32\dstokenclean.exe
~\AppListBackup\Backup | Users | limited | maintenance | $(@%WINDIR%\system32\AppListBackupLauncher.dll,-600)
  10 11-25h2 : hjt stock | {e0dcc2cc-3354-45f2-8914-519e07809082}
~\AppListBackup\BackupNonMaintenance | Users | limited | calendar | $(@%WINDIR%\system32\AppListBackupLauncher.dll,-600)
  10 11 11-25h2 : hjt stock | {e0dcc2cc-3354-45f2-8914-519e07809082}
~\AppxDeploymentClient\Pre-staged app cleanup | SYSTEM | limited hidden | logon maintenance
  8.1 10 11-25h2 2016 2019 : hjt stock w2016 w2019 | %windir%\system32\rundll32.exe | %windir%\system32\AppxDeploymentClient.dll,AppxPreStageCleanupRunTask
~\AppxDeploymentClient\UCPD velocity | SYSTEM | limited hidden | logon maintenance
  11 11-25h2 : hjt stock | %windir%\system32\UCPDMgr.exe
~\Autochk\Proxy | SYSTEM | limited | boot | $(@%WINDIR%\system32\acproxy.dll,-101)
  7 8 8.1 10 10-22h2 11-22h2 11-23h2 11-25h2 2012r2 2016 2019 : hjt privacy stock w2012r2 w2016 w2019 | %windir%\system32\rundll32.exe | /d acproxy.dll,PerformAutochkOperations
~\BitLocker\BitLocker Encrypt All Drives | INTERACTIVE | limited | wnf
  10 11-25h2 2019 : hjt stock w2019 | {61bcd1b9-340c-40ec-9d41-d7f1c0632f05} | BitLockerEncryptAllDrives
~\BitLocker\BitLocker MDM policy Refresh | INTERACTIVE | limited | wnf
  10 11-25h2 2019 : hjt stock w2019 | {61bcd1b9-340c-40ec-9d41-d7f1c0632f05} | BitLockerPolicy
~\Bluetooth\UninstallDeviceTask | SYSTEM | limited | | $(@%WINDIR%\system32\BthUdTask.exe,-1002)
  11-25h2 2016 2019 : stock w2016 w2019 | BthUdTask.exe | $(Arg0)
  vista 7 8 8.1 10 : hjt | %SystemRoot%\System32\BthUdTask.exe | $(Arg0)
~\BrokerInfrastructure\BgTaskRegistrationMaintenanceTask | SYSTEM | highest | maintenance | $(@%WINDIR%\System32\bisrv.dll,-102)
  10 11-25h2 2019 : hjt stock w2019 | {e984d939-0e00-4dd9-ac3a-7aca04745521}
~\capabilityaccessmanager\maintenancetasks | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\CapabilityAccessManager.dll,-3)
  10 11-25h2 : hjt stock | %windir%\system32\rundll32.exe | %windir%\system32\CapabilityAccessManager.dll,CapabilityAccessManagerDoStoreMaintenance
~\CertificateServicesClient\AikCertEnrollTask | SYSTEM | limited | wnf | $(@%WINDIR%\system32\ngctasks.dll,-100)
  10 11-25h2 : hjt stock | {47e30d54-dac1-473a-aff7-2355bf78881f} | AIKCertEnroll
~\CertificateServicesClient\CryptoPolicyTask | SYSTEM | limited | wnf | $(@%WINDIR%\system32\ngctasks.dll,-100)
  10 11-25h2 : hjt stock | {47e30d54-dac1-473a-aff7-2355bf78881f} | CryptoPolicy
~\CertificateServicesClient\KeyPreGenTask | SYSTEM | limited | logon session wnf | $(@%WINDIR%\system32\ngctasks.dll,-100)
  10 11-25h2 : hjt stock | {47e30d54-dac1-473a-aff7-2355bf78881f} | NGCKeyPregen
~\CertificateServicesClient\SystemTask | SYSTEM | limited | boot registration wnf | $(@%WINDIR%\system32\dimsjob.dll,-101)
  vista 7 8.1 10 11-25h2 : hjt stock | {58fb76b9-ac85-4e55-ac04-427593b1d060} | SYSTEM
~\CertificateServicesClient\UserTask | INTERACTIVE | limited | event logon registration wnf | $(@%WINDIR%\system32\dimsjob.dll,-101)
  vista 7 8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {58fb76b9-ac85-4e55-ac04-427593b1d060} | USER
~\CertificateServicesClient\UserTask-Roam | INTERACTIVE | limited | session | $(@%WINDIR%\system32\dimsjob.dll,-101)
  vista 7 8.1 10 11-25h2 2012r2 : hjt stock w2012r2 | {58fb76b9-ac85-4e55-ac04-427593b1d060} | KEYROAMING
~\Chkdsk\ProactiveScan | SYSTEM | limited | maintenance | $(@%WINDIR%\system32\pstask.dll,-101)
  8.1 10 11-25h2 2012r2 2016 2019 : hjt stock w2012r2 w2016 w2019 | {cf4270f5-2e43-4468-83b3-a8c45bb33ea1}
~\Chkdsk\SyspartRepair | SYSTEM | limited hidden | wnf
  10 11-25h2 2019 : hjt stock w2019 | %windir%\system32\bcdboot.exe | %windir% /sysrepair
~\Clip\License Validation | SYSTEM | limited hidden disabled | boot | $(@%WINDIR%\system32\ClipUp.exe,-100)
  10 11-25h2 2016 : hjt stock w2016 | %WINDIR%\system32\ClipUp.exe | -p -s -o
~\Clip\LicenseImdsIntegration | Users | highest hidden disabled | calendar logon wnf | $(@%WINDIR%\system32\fclip.exe,-100)
  11-25h2 : stock | %WINDIR%\system32\fclip.exe
~\CloudExperienceHost\CreateObjectTask | SYSTEM | limited hidden
  10 11-25h2 2016 2019 : hjt stock w2016 w2019 | {e4544aba-62bf-4c54-aab2-ec246342626c}
~\CloudRestore\Backup | INTERACTIVE | limited | calendar wnf | $(@%WINDIR%\system32\CloudRestoreLauncher.dll,-600)
  10 11 11-25h2 : hjt stock | {722d0f89-b69c-4700-ae8c-4a44350e4876} | $(Arg0)
~\CloudRestore\Restore | INTERACTIVE | limited | wnf | $(@%WINDIR%\system32\CloudRestoreLauncher.dll,-600)
  11 11-25h2 : hjt stock | {b4bcfa6f-948d-46b8-bf27-e8b1117e23b3}
~\ConsentUX\UnifiedConsent\UnifiedConsentSyncTask | INTERACTIVE | highest | time wnf | $(@%WINDIR%\system32\unifiedconsent.dll,-102)
  10 11-25h2 : hjt stock | {82aa0895-198a-4c1b-b2d1-c16894218afb}
~\Containers\CmCleanup | SYSTEM | highest | maintenance | $(@%WINDIR%\system32\cmcleanup.dll,-101)
  11-25h2 : stock | {f50e9363-6bc8-4dc5-8cab-7d9f8c1b81b4}
~\CUAssistant\CULauncher
  10 : hjt | %ProgramFiles%\CUAssistant\culauncher.exe
~\Customer Experience Improvement Program\BthSQM
  8.1 : hjt privacy | {c8367320-6f85-11e0-a1f0-0800200c9a66} | SYSTEM
~\Customer Experience Improvement Program\Consolidator | SYSTEM | limited | time | $(@%WINDIR%\system32\wsqmcons.exe,-108)
  vista 7 8 8.1 10 10-22h2 11-22h2 11-23h2 11-25h2 2012r2 2016 2019 : hjt privacy stock w2012r2 w2016 w2019 | %WINDIR%\System32\wsqmcons.exe
~\Customer Experience Improvement Program\KernelCeipTask | LOCAL SERVICE | | | Microsoft Corporation
  7 8.1 2012r2 2016 : hjt privacy w2012r2 w2016 | {e7ed314f-2816-4c26-aeb5-54a34d02404c}
~\Customer Experience Improvement Program\OptinNotification
  vista : hjt | %SystemRoot%\System32\wsqmcons.exe | -n 0x1C577FA2B69CAD0
~\Customer Experience Improvement Program\Server\ServerCeipAssistant | | | | | | privacy
~\Customer Experience Improvement Program\Server\ServerRoleCollector | | | | | | privacy
~\Customer Experience Improvement Program\Server\ServerRoleUsageCollector | | | | | | privacy
~\Customer Experience Improvement Program\Uploader | | | | | | privacy
~\Customer Experience Improvement Program\UsbCeip | SYSTEM; Administrators on 2012r2 | limited hidden | maintenance | $(@%WINDIR%\system32\usbceip.dll,-600)
  7 8.1 10 10-22h2 11-22h2 11-23h2 11-25h2 2012r2 2016 2019 : hjt privacy stock w2012r2 w2016 w2019 | {c27f6b1d-fe0b-45e4-9257-38799fa69bc8} | SYSTEM
`

/**
 * COM classes of tasks that come with Windows, by the path below \Microsoft\Windows\ in lower case. Only tasks that have the same
 * class on every version that has them.
 * Source: definitions in 4702 events of Windows hosts; the tasks of Windows 7, 10 and 11 as listed by HiJackThis+ (TasksWhite.csv of
 * github.com/dragokas/hijackthis), of which those of Windows 7 agree with
 * https://chentiangemalc.wordpress.com/2011/05/08/windows-7-default-scheduled-taskscomplete-overview/
 */
const byClass: Readonly<Record<string, readonly string[]>> = {
  '{cf2cf428-325b-48d3-8ca8-7633e36e5a32}': [
    'active directory rights management services client\\ad rms rights policy template management (automated)',
  ],
  '{bf5cb148-7c77-4d8a-a53e-d81c70cf743c}': [
    'active directory rights management services client\\ad rms rights policy template management (manual)',
  ],
  '{9f2b0085-9218-42a1-88b0-9f0e65851666}': ['appid\\smartscreenspecific'],
  '{61bcd1b9-340c-40ec-9d41-d7f1c0632f05}': [
    'bitlocker\\bitlocker encrypt all drives',
    'bitlocker\\bitlocker mdm policy refresh',
    'edp\\edp app launch task',
    'edp\\edp auth task',
    'edp\\edp inaccessible credentials task',
    'edp\\storagecardencryption task',
  ],
  '{e984d939-0e00-4dd9-ac3a-7aca04745521}': ['brokerinfrastructure\\bgtaskregistrationmaintenancetask'],
  '{47e30d54-dac1-473a-aff7-2355bf78881f}': [
    'certificateservicesclient\\aikcertenrolltask',
    'certificateservicesclient\\cryptopolicytask',
    'certificateservicesclient\\keypregentask',
  ],
  '{58fb76b9-ac85-4e55-ac04-427593b1d060}': [
    'certificateservicesclient\\systemtask',
    'certificateservicesclient\\usertask',
    'certificateservicesclient\\usertask-roam',
  ],
  '{cf4270f5-2e43-4468-83b3-a8c45bb33ea1}': ['chkdsk\\proactivescan'],
  '{e4544aba-62bf-4c54-aab2-ec246342626c}': ['cloudexperiencehost\\createobjecttask'],
  '{c27f6b1d-fe0b-45e4-9257-38799fa69bc8}': ['customer experience improvement program\\usbceip'],
  '{dcfd3ea8-d960-4719-8206-490ae315f94f}': [
    'data integrity scan\\data integrity check and scan',
    'data integrity scan\\data integrity scan',
    'data integrity scan\\data integrity scan for crash recovery',
  ],
  '{23c1f3cf-c110-4512-aca9-7b6174ece888}': ['device setup\\metadata refresh'],
  '{c1f85ef8-bcc2-4606-bb39-70c523715eb3}': ['diagnosis\\scheduled'],
  '{711001cd-cc1d-4470-9b7e-1ef73849c79e}': ['exploitguard\\exploitguard mdm policy refresh'],
  '{2ae64751-b728-4d6b-97a0-b2da2e7d2a3b}': ['file classification infrastructure\\property definition sync'],
  '{89917b7c-a1a6-11df-8bf6-18a90531a85a}': ['filehistory\\file history (maintenance mode)'],
  '{e07647f7-aed2-48d9-9720-939bc24a8a3c}': ['flighting\\onesettings\\refreshcache'],
  '{a558c6a5-b42b-4c98-b610-bf9559143139}': ['installservice\\scanforupdates'],
  '{ddafaea2-8842-4e96-bade-d44a8d676fdb}': ['installservice\\scanforupdatesasuser'],
  '{10d62541-90d0-42fe-848c-0dbc1ac42eda}': ['international\\synchronize language settings'],
  '{6f58f65f-ec0e-4aca-99fe-fc5a1a25e4be}': [
    'languagecomponentsinstaller\\installation',
    'languagecomponentsinstaller\\uninstallation',
  ],
  '{77646a68-ad14-4d53-897d-7be4dde5f929}': ['license manager\\tempsignedlicenseexchange'],
  '{a9a33436-678b-4c9c-a211-7cc38785e79d}': ['maintenance\\winsat'],
  '{9885aef2-bd9f-41e0-b15e-b3141395e803}': ['maps\\mapstoasttask'],
  '{b9033e87-33cf-4d77-bc9b-895afbba72e4}': ['maps\\mapsupdatetask'],
  '{8168e74a-b39f-46d8-adcd-7bed477b80a3}': [
    'memorydiagnostic\\processmemorydiagnosticevents',
    'memorydiagnostic\\runfullmemorydiagnostic',
  ],
  '{2dea658f-54c1-4227-af9b-260ab5fc3543}': ['multimedia\\systemsoundsservice'],
  '{fa3f3dd9-4c1a-456b-a8fa-c76ef3ed83b8}': [
    'offline files\\background synchronization',
    'offline files\\logon synchronization',
  ],
  '{5014b7c8-934e-4262-9816-887fa745a6c4}': [
    'pi\\secure-boot-update',
    'pi\\sqm-tasks',
    'tpm\\tpm-hascertretr',
    'tpm\\tpm-maintenance',
  ],
  '{60400283-b242-4fa8-8c25-caf695b88209}': ['plug and play\\device install group policy'],
  '{48794782-6a1f-47b9-bd52-1d5f95d49c1b}': ['plug and play\\device install reboot required'],
  '{def03232-9688-11e2-be7f-b4b52fd966ff}': ['plug and play\\plug and play cleanup'],
  '{927ea2af-1c54-43d5-825e-0074ce028eee}': ['power efficiency diagnostics\\analyzesystem'],
  '{42060d27-ca53-41f5-96e4-b1e8169308a6}': ['rac\\ractask'],
  '{c463a0fc-794f-4fdf-9201-01938ceacafa}': ['ras\\mobilitymanager'],
  '{89d1d0c2-a3cf-490c-abe3-b86cde34b047}': ['recoveryenvironment\\verifywinre'],
  '{ca767aa8-9157-4604-b64b-40747123d5f2}': ['registry\\regidlebackup'],
  '{752073a1-23f2-4396-85f0-8fdb879ed0ed}': ['servicing\\startcomponentcleanup'],
  '{59b9640b-3f70-4d1c-b159-f26eeb8a4c87}': ['settingsync\\backgrounduploadtask'],
  '{7c83c056-1d0d-4c8e-a6b0-89e79c213559}': ['setup\\setupcleanuptask'],
  '{990a9f8f-301f-45f7-8d0e-68c5952dba43}': ['shell\\createobjecttask'],
  '{3fba60a6-7bf5-4868-a2ca-6623b3dffea6}': ['shell\\indexerautomaticmaintenance'],
  '{09c5dd34-009d-40fa-bcb9-0165ad0c15d4}': ['shell\\updateuserpicturetask'],
  '{b1aebb5d-ead9-4476-b375-9c3ed9f32afc}': [
    'softwareprotectionplatform\\svcrestarttask',
    'softwareprotectionplatform\\svcrestarttasklogon',
    'softwareprotectionplatform\\svcrestarttasknetwork',
    'softwareprotectionplatform\\svctrigger',
  ],
  '{5c9ab547-345d-4175-9af6-65133463a100}': ['storage tiers management\\storage tiers management initialization'],
  '{855fec53-d2e4-4999-9e87-3414e9cf0ff4}': ['task manager\\interactive'],
  '{01575cfe-9a55-4003-a5e1-f38d1ebdcbe1}': ['textservicesframework\\msctfmonitor'],
  '{a31ad6c2-ff4c-43d4-8e90-7101023096f9}': ['time synchronization\\forcesynchronizetime'],
  '{e05be1c8-92a8-4757-b575-acaecb4e6a40}': ['usb\\usb-notifications'],
  '{ba677074-762c-444b-94c8-8c83f93f6605}': ['user profile service\\hiveuploadtask'],
  '{900be39d-6be8-461a-bc4d-b0fa71f5ecb1}': ['wdi\\resolutionhost'],
  '{b210d694-c8df-490d-9576-9e20cdbc20bd}': ['windowscolorsystem\\calibration loader'],
  '{a6ba00fe-40e8-477c-b713-c64a14f18adb}': ['windowsupdate\\automatic app update'],
  '{07369a67-07a6-4608-abea-379491cb7c46}': ['windowsupdate\\refresh group policy cache'],
  '{0358b920-0ac7-461f-98f4-58e32cd89148}': ['wininet\\cachetask'],
  '{b7bffb5a-efa8-4d8c-bbde-c8d5faaf54a1}': ['wof\\wim-hash-management', 'wof\\wim-hash-validation'],
  '{97d47d56-3777-49fb-8e8f-90d7e30e1a1e}': ['work folders\\work folders logon synchronization'],
  '{63260bce-a3fb-4a34-aa51-d4d8e877b62b}': ['work folders\\work folders maintenance work'],
}

const byPath = new Map(
  Object.entries(byClass).flatMap(([classId, paths]) =>
    paths.map((path) => [`\\microsoft\\windows\\${path}`, classId]),
  ),
)

/** The class that Windows gives the task of this path, in lower case with braces; undefined where none is known. */
export const windowsClassOf = (path: string): string | undefined => byPath.get(path.toLowerCase())

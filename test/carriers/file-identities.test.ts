import { expect, test } from 'vitest'
import { factsOf, lines } from './facts-of.ts'

// What each source says of a file's content, in rows written by hand from its documentation. All hashes are invented.

const md5 = 'd1'.repeat(16)
const sha1 = 'a1'.repeat(20)
const sha256 = 'c2'.repeat(32)
const imphash = 'e3'.repeat(16)
const fileOf = async (...rows: object[]) => {
  const { facts, problems } = await factsOf(lines(...rows))
  expect(problems).toEqual([])
  return facts.map((fact) => (fact as { file?: unknown }).file)
}
const all = { md5, sha1, sha256, importHash: imphash }

const sysmonRow = (id: number, data: object) => ({
  '@timestamp': '2025-09-01T09:00:00.000Z',
  event: { code: String(id), provider: 'Microsoft-Windows-Sysmon' },
  winlog: {
    channel: 'Microsoft-Windows-Sysmon/Operational',
    provider_name: 'Microsoft-Windows-Sysmon',
    event_id: String(id),
    computer_name: 'ws7',
    record_id: String(id),
    event_data: { UtcTime: '2025-09-01 09:00:00.000', ...data },
  },
})
const guid = { ProcessGuid: '{11111111-2222-3333-4444-555555555555}', ProcessId: '4200' }
const hashes = `SHA1=${sha1.toUpperCase()},MD5=${md5},SHA256=${sha256},IMPHASH=${imphash}`

test('Sysmon 1, 6, 7 and 15', async () => {
  const image = 'C:\\Tools\\a.exe'
  const signed = { Signed: 'true', Signature: 'Vendor Ltd', SignatureStatus: 'Valid' }
  const unsigned = { Signed: 'false', Signature: '-', SignatureStatus: 'Unavailable' }
  expect(
    await fileOf(
      sysmonRow(1, { ...guid, Image: image, CommandLine: image, Hashes: hashes }),
      sysmonRow(6, { ImageLoaded: 'C:\\d.sys', Hashes: `SHA256=${sha256}`, ...signed }),
      sysmonRow(7, { ...guid, Image: image, ImageLoaded: 'C:\\x\\taskschd.dll', Hashes: `MD5=${md5}`, ...unsigned }),
      sysmonRow(15, {
        ...guid,
        Image: image,
        TargetFilename: `${image}:Zone.Identifier`,
        Hash: `MD5=${md5},IMPHASH=${'0'.repeat(32)}`,
      }),
    ),
  ).toMatchObject([
    { ...all, signature: null, signer: null },
    { md5: null, sha256, signature: 'valid', signer: 'Vendor Ltd' },
    { md5, signature: 'unsigned', signer: null },
    { md5, importHash: null },
  ])
  const { facts } = await factsOf(lines(sysmonRow(15, { ...guid, TargetFilename: `${image}:s`, Hash: `MD5=${md5}` })))
  expect(facts).toMatchObject([{ kind: 'file-identified', path: image }])
})

test('Sysmon after Elastic’s pipelines have moved the hashes', async () => {
  const row = sysmonRow(1, {})
  const moved = {
    ...row,
    process: {
      ...{ entity_id: guid.ProcessGuid, pid: 4200, executable: 'C:\\a.exe', command_line: 'a' },
      ...{ hash: { md5, sha1, sha256 }, pe: { imphash } },
    },
  }
  expect(await fileOf(moved)).toMatchObject([all])
})

test('Defender', async () => {
  const row = {
    ...{
      Timestamp: '2025-09-01T09:00:00Z',
      DeviceName: 'ws7',
      ActionType: 'ProcessCreated',
      ReportId: 1,
      ProcessId: 42,
    },
    ...{
      FolderPath: 'C:\\a.exe',
      FileName: 'a.exe',
      ProcessCommandLine: 'a.exe',
      SHA1: sha1,
      SHA256: sha256,
      MD5: md5,
    },
  }
  expect(await fileOf(row)).toMatchObject([{ md5, sha1, sha256, importHash: null, signature: null }])
})

test('CrowdStrike, whose zeros are no hash', async () => {
  const row = {
    ...{ event_simpleName: 'ProcessRollup2', aid: 'a', ComputerName: 'WS7', ContextTimeStamp: '1756717200.250' },
    ...{ TargetProcessId: '7', ImageFileName: '\\Device\\HarddiskVolume3\\Windows\\a.exe', CommandLine: 'a' },
    ...{ SHA256HashData: sha256, MD5HashData: md5, SHA1HashData: '0'.repeat(40) },
  }
  expect(await fileOf(row)).toMatchObject([{ md5, sha1: null, sha256, signature: null }])
})

const elastic = (signature: unknown) => ({
  '@timestamp': '2025-09-01T09:00:00.000Z',
  ...{
    event: { action: 'start', dataset: 'endpoint.events.process' },
    host: { hostname: 'ws7', os: { type: 'windows' } },
  },
  process: {
    ...{ entity_id: 'x', pid: 42, executable: 'C:\\a.exe', command_line: 'a', hash: { md5, sha1, sha256 } },
    ...{ pe: { imphash }, code_signature: signature },
  },
})

test.each<[unknown, object]>([
  [
    { exists: true, trusted: true, status: 'trusted', subject_name: 'Vendor' },
    { signature: 'valid', signer: 'Vendor' },
  ],
  [
    [{ exists: true, trusted: false, status: 'errorRevoked', subject_name: 'V' }],
    { signature: 'revoked', signer: 'V' },
  ],
  [{ exists: true, trusted: false, status: 'errorExpired' }, { signature: 'expired' }],
  [{ exists: false, status: 'noSignature' }, { signature: 'unsigned' }],
  [{ exists: true, trusted: false }, { signature: 'invalid' }],
  [undefined, { signature: null, signer: null }],
])('Elastic Defend: %j', async (signature, said) => {
  expect(await fileOf(elastic(signature))).toMatchObject([{ ...all, ...said }])
})

test('SentinelOne, in Cloud Funnel’s names and the API’s', async () => {
  const funnel = {
    ...{
      'event.type': 'Process Creation',
      'event.time': 1756717200250,
      'endpoint.name': 'ws7',
      'endpoint.os': 'windows',
    },
    ...{ 'src.process.uid': 'p', 'tgt.process.uid': 'u', 'tgt.process.pid': 42, 'tgt.process.image.path': 'C:\\a.exe' },
    ...{ 'tgt.process.cmdline': 'a', 'tgt.process.image.sha256': sha256, 'tgt.process.signedStatus': 'signed' },
    ...{ 'tgt.process.verifiedStatus': 'verified', 'tgt.process.publisher': 'VENDOR' },
  }
  const api = {
    ...{
      eventType: 'Process Creation',
      createdAt: '2025-09-01T09:00:00.250Z',
      endpointName: 'ws7',
      endpointOs: 'windows',
    },
    ...{
      srcProcUid: 'p',
      srcProcCmdLine: 'x',
      tgtProcUid: 'u2',
      tgtProcPid: '43',
      tgtProcImagePath: 'C:\\b.exe',
      tgtProcCmdLine: 'b',
    },
    ...{ tgtProcImageSha1: sha1, tgtProcImageMd5: md5, tgtProcSignedStatus: 'unsigned' },
  }
  expect(await fileOf(funnel, api)).toMatchObject([
    { sha256, signature: 'valid', signer: 'VENDOR' },
    { sha1, md5, signature: 'unsigned', signer: null },
  ])
})

test('LimaCharlie and HarfangLab', async () => {
  const lima = {
    routing: {
      event_type: 'NEW_PROCESS',
      hostname: 'ws7',
      event_time: 1756717200250,
      this: 't',
      parent: 'p',
      plat: 0x1000_0000,
    },
    event: { PROCESS_ID: 42, FILE_PATH: 'C:\\a.exe', COMMAND_LINE: 'a', HASH: sha256, FILE_IS_SIGNED: 1 },
  }
  const harfang = {
    ...{ log_type: 'process', process_unique_id: 'u', image_name: 'C:\\b.exe', commandline: 'b', pid: 43 },
    ...{
      '@event_create_date': '2025-09-01T09:00:01.000Z',
      agent: { agentid: 'a', hostname: 'ws7', ostype: 'windows' },
    },
    ...{ hashes: { md5, sha1, sha256 }, pe_imphash: imphash, signed: false },
  }
  expect(await fileOf(lima, harfang)).toMatchObject([
    { sha256, signature: 'signed', signer: null },
    { ...all, signature: 'unsigned' },
  ])
})

test('OCSF', async () => {
  const row = (signature: object | undefined) => ({
    ...{ class_uid: 1007, activity_id: 1, category_uid: 1, time: 1756717200250, status_id: 1 },
    device: { hostname: 'ws7', os: { type_id: 100 } },
    process: {
      ...{ pid: 42, cmd_line: 'a' },
      file: {
        path: 'C:\\a.exe',
        hashes: [
          { algorithm_id: 3, algorithm: 'SHA-256', value: sha256 },
          { algorithm: 'MD5', value: md5 },
          { algorithm_id: 99, algorithm: 'imphash', value: imphash },
        ],
        signature,
      },
    },
  })
  const certificate = { subject: 'CN=Vendor', issuer: 'x', serial_number: '1' }
  expect(await fileOf(row({ state_id: 1, certificate }), row({ state_id: 3 }), row(undefined))).toMatchObject([
    { sha256, md5, importHash: imphash, signature: 'valid', signer: 'CN=Vendor' },
    { signature: 'revoked' },
    { signature: null, signer: null },
  ])
})

test('what no source says is not told: 4688 has nothing of a file', async () => {
  const security = {
    ...sysmonRow(4688, { NewProcessId: '0x2a', NewProcessName: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'cmd' }),
  }
  security.winlog.provider_name = 'Microsoft-Windows-Security-Auditing'
  security.winlog.channel = 'Security'
  expect(await fileOf(security)).toEqual([null])
})

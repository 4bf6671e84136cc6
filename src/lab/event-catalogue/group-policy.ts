import type { Fields } from '../evtx-writer/lab-event.ts'
import { bool, guid, text, u32 } from '../evtx-writer/value.ts'
import { type CatalogueEvent, event, SYSTEM_SID, type Written } from './catalogue-event.ts'

// Microsoft-Windows-GroupPolicy/Operational, written by the policy client. No real record was at hand: the fields are the manifest's.

/** Group Policy Scheduled Tasks. [MS-GPPREF] 1.9 */
const extensionId = '{AADCED64-746C-4633-A97C-D61349046527}'
const extensionName = 'Group Policy Scheduled Tasks'

function operational(eventId: number, opcode: number, written: Written, fields: Fields): CatalogueEvent {
  const kind = {
    provider: 'Microsoft-Windows-GroupPolicy',
    providerGuid: '{aea1b4fa-97d1-45f2-a64c-4d69fffd92c9}',
    channel: 'Microsoft-Windows-GroupPolicy/Operational',
    eventId,
    version: 0,
    level: 4,
    task: 0,
    opcode,
    keywords: 0x4000_0000_0000_0000n,
    userSid: SYSTEM_SID,
    dataName: null,
  }
  return event(kind, written, fields)
}

/** 4016: an extension begins to apply the policies that concern it. */
export const extensionBegun = (written: Written, policy: string): CatalogueEvent =>
  operational(4016, 1, written, [
    ['CSEExtensionId', guid(extensionId)],
    ['CSEExtensionName', text(extensionName)],
    ['IsExtensionAsyncProcessing', bool(false)],
    ['IsGPOListChanged', bool(true)],
    ['GPOListStatusString', text('%%4101')],
    ['DescriptionString', text(`${policy}\n`)],
    ['ApplicableGPOList', text('')],
  ])

/** 5016: it has ended, after so many milliseconds. */
export const extensionEnded = (written: Written, milliseconds: number): CatalogueEvent =>
  operational(5016, 2, written, [
    ['CSEElaspedTimeInMilliSeconds', u32(milliseconds)], // spelt so in the manifest
    ['ErrorCode', u32(0)],
    ['CSEExtensionName', text(extensionName)],
    ['CSEExtensionId', guid(extensionId)],
  ])

/**
 * Subcategories of Windows' audit policy by GUID, since their names are translated.
 * Source: [MS-GPAC] 2.2.1.2, and `auditpol /list /subcategory:* /v`.
 */
export const auditSubcategories = {
  'process-creation': '{0cce922b-69ae-11d9-bed3-505054503030}',
  'process-termination': '{0cce922c-69ae-11d9-bed3-505054503030}',
  /** Scheduled tasks: 4698 to 4702. */
  'other-object-access': '{0cce9227-69ae-11d9-bed3-505054503030}',
  logon: '{0cce9215-69ae-11d9-bed3-505054503030}',
  'file-share': '{0cce9224-69ae-11d9-bed3-505054503030}',
  'detailed-file-share': '{0cce9244-69ae-11d9-bed3-505054503030}',
} as const
export type AuditSubcategory = keyof typeof auditSubcategories

import { collectByKape } from './kape.ts'
import { collectByPowershell } from './powershell.ts'
import { collectByVelociraptor } from './velociraptor.ts'

/** Ways to collect from a host what is read, and nothing else. */
export const collectors = {
  powershell: collectByPowershell,
  kape: collectByKape,
  velociraptor: collectByVelociraptor,
} as const

export type CollectorForm = keyof typeof collectors
export const collectorForms = Object.keys(collectors) as CollectorForm[]

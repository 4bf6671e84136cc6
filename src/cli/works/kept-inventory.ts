import { z } from 'zod'
import { readAs } from '../../measure/form.ts'
import { inventorySchema, type KeptEntry } from '../../report/index.ts'
import { UsageError } from '../refusals.ts'
import { jsonValues, readTextFile } from '../text-file.ts'
import { actionForm, definitionForm } from './definition-form.ts'

const entryForm: z.ZodType<KeptEntry> = z.object({
  schema: z.literal(inventorySchema),
  host: z.string(),
  path: z.string(),
  definitionHash: z.string().nullable(),
  definition: definitionForm.nullable(),
  actions: z.array(actionForm),
  isDeleted: z.boolean(),
})

/** What `inventory` wrote. Anything else is wrong usage, with the place where it stops being an inventory. */
export function readInventory(path: string): KeptEntry[] {
  const text = readTextFile(path)
  // that of a write that failed looks the same
  if (text.trim() === '')
    throw new UsageError(`${path} is empty, which no inventory is: one without tasks is [] in --format json`)
  return jsonValues(text, path, 'entry', (document) => document).map(({ value, where }) => {
    const entry = readAs(entryForm, value)
    if ('wrong' in entry) throw new UsageError(`${where}: not of the form ${inventorySchema}: ${entry.wrong}`)
    return entry.value
  })
}

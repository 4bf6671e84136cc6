import { attacks } from '../../lab/attacks/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'

/** `tasktrail lab attacks`: what the lab can do to a fleet. */
export function labAttacksWork({ format }: { readonly format: 'text' | 'markdown' }, { out }: Surroundings): number {
  writeReport(out, [format === 'markdown' ? attackTable() : attackList()])
  return exitCodes.done
}

const attackList = (): string =>
  attacks
    .map(
      ({ name, variants, technique, does, shownBy }) =>
        `${name} (${technique}): ${variants.join(', ')}\n    ${does}\n    shown by: ${shownBy}\n`,
    )
    .join('')

const attackTable = (): string =>
  '| attack | technique | variants | what it does | what shows it |\n|---|---|---|---|---|\n' +
  attacks
    .map(
      ({ name, variants, technique, does, shownBy }) =>
        `| ${name} | ${technique} | ${variants.join(', ')} | ${does} | ${shownBy} |\n`,
    )
    .join('')

import { behindAPrefix } from './behind-a-prefix.ts'
import { escapedXml } from './escaped-xml.ts'
import { jsonText } from './json-text.ts'
import { snare } from './snare.ts'
import { splunkClassic } from './splunk-classic.ts'
import type { TextForm } from './text-form.ts'

/** Every form; the first that fits and holds something counts. The one for anything with a prefix comes last. */
export const textForms: readonly TextForm[] = [jsonText, escapedXml, splunkClassic, snare, behindAPrefix]

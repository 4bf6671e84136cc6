import { unescapeXml } from '../unescape-xml.ts'
import type { TextForm } from './text-form.ts'

/**
 * A text whose signs XML made references: `&lt;Event …&gt;`, `{&quot;EventID&quot;: …}`. What was escaped several times is taken off
 * several times.
 */
export const escapedXml: TextForm = {
  name: 'text with references of XML',
  fits: (text) => /^[\s{[]{0,16}&(?:amp;)*(?:lt|quot|#60|#34|#x3c|#x22);/i.test(text),
  inside(text) {
    const plain = unescapeXml(text)
    return plain === text ? undefined : plain
  },
}

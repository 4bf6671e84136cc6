import type { TextForm } from './text-form.ts'

/** No line of a log has more before its event: syslog's header, a time, the name of a program. */
const longestPrefix = 1024

/** An event with something before it on its line, as syslog and logs of containers have it: `<13>Aug 28 05:47:12 ws5 … {"EventID": …}`. */
export const behindAPrefix: TextForm = {
  name: 'text with an event at its end',
  fits: (text) => text.endsWith('}') || text.endsWith('</Event>'),
  inside(text) {
    const at = text.endsWith('}') ? objectStart(text) : text.slice(0, longestPrefix).search(/<Event[\s>]/)
    return at > 0 ? text.slice(at) : undefined
  },
}

/** The first brace that begins an object with a member; quotes before it would be those of a text that holds it. */
function objectStart(text: string): number {
  const at = text.slice(0, longestPrefix).search(/\{\s{0,8}"/)
  return at === -1 || text.lastIndexOf('"', at) !== -1 ? -1 : at
}

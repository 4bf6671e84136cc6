import { imageName, splitProgram } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'

/** A URL that leads off the host. */
const url = /(?:https?|ftp):\/\/(?!(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:[/\s"']|$))/
/** WebDAV through the redirector: `\\host@SSL\…`, `\\host@8080\…`. */
const webDav = /\\\\[^\\\s"]+@(?:ssl|\d{1,5})[@\\]|\\davwwwroot\\/

const words = [
  'downloadstring',
  'downloadfile',
  'downloaddata',
  'invoke-webrequest',
  'invoke-restmethod',
  'start-bitstransfer',
  'urlcache',
  'javascript:',
  'vbscript:',
  'scrobj.dll',
]

/** Browsers and Electron programs start a process of their own that knows where to report a crash; it fetches nothing. */
function isCrashHandler(text: string): boolean {
  const { program, rest } = splitProgram(text)
  const name = imageName(program)
  return (
    name.includes('crashpad') ||
    (/^(?:updater|googleupdate|msedge|chrome)\.exe$/.test(name) &&
      /^"?--(?:crash-handler|type=crashpad-handler)\b/.test(rest))
  )
}

/** What the task starts fetches something from elsewhere: a URL, WebDAV, or a word that means download. */
export const download: Factor = {
  id: 'download',
  weigh({ texts }) {
    const fetching = texts.filter((t) => !isCrashHandler(t))
    if (fetching.some((t) => url.test(t))) return { bits: 5, says: 'The command line carries a URL.' }
    if (fetching.some((t) => webDav.test(t)))
      return { bits: 5, says: 'The command line names a file on a WebDAV server.' }
    const word =
      words.find((w) => fetching.some((t) => t.includes(w))) ??
      (fetching.some((t) => t.includes('bitsadmin') && t.includes('/transfer')) ? 'bitsadmin /transfer' : undefined)
    return word === undefined ? undefined : { bits: 5, says: `The command line speaks of “${word}”.` }
  },
}

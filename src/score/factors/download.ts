import type { Factor } from '../factor.ts'

const words = [
  'downloadstring',
  'downloadfile',
  'downloaddata',
  'invoke-webrequest',
  'invoke-restmethod',
  'start-bitstransfer',
  'urlcache',
  '/transfer',
  'javascript:',
  'vbscript:',
  'scrobj.dll',
  '\\davwwwroot\\',
]

/** What the task starts fetches something from elsewhere: a URL, WebDAV, or a word that means download. */
export const download: Factor = {
  id: 'download',
  weigh({ texts }) {
    const text = texts.find((t) => t.includes('http://') || t.includes('https://') || t.includes('ftp://'))
    if (text) return { bits: 5, says: 'The command line carries a URL.' }
    const word = words.find((w) => texts.some((t) => t.includes(w)))
    return word === undefined ? undefined : { bits: 5, says: `The command line speaks of “${word}”.` }
  },
}

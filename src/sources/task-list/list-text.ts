import { isUtf8 } from 'node:buffer'
import { ToUtf8, utf16Of } from '../content/utf16.ts'

/** 0x80 to 0xA7 in the code pages of western consoles (437, 850, 858): the same letters in all, where Windows' own 1252 has signs. */
const consoleLetters = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº'

/** A list as text: UTF-16 or UTF-8, else what a console of Windows wrote in a code page of its own: the western ones are known. */
export function listText(bytes: Buffer): string {
  const form = utf16Of(bytes)
  if (form !== null) {
    const converter = new ToUtf8(form)
    return Buffer.concat([converter.next(bytes), converter.end()])
      .toString('utf8')
      .replace(/^\ufeff/, '')
  }
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\ufeff/, '')
  const latin = bytes.toString('latin1')
  if (!/[\x80-\x9f]/.test(latin)) return latin
  return latin.replace(/[\x80-\xa7\xe1]/g, (sign) =>
    sign === '\xe1' ? 'ß' : (consoleLetters[sign.charCodeAt(0) - 0x80] ?? sign),
  )
}

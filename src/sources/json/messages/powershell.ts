/** 4104's message in English: how many parts, the text, and two lines behind it. Source: the provider's manifest; real records. */
import type { JsonObject } from '../json-object.ts'

const head = /^Creating Scriptblock text \((\d+) of (\d+)\):\r?\n/

export function powershellItems(eventId: number, message: string): JsonObject | null {
  const begin = eventId === 4104 ? head.exec(message) : null
  const end = message.lastIndexOf('ScriptBlock ID: ')
  if (begin === null || end < begin[0].length) return null
  const [idLine = '', ...rest] = message.slice(end).split(/\r?\n/)
  const path = rest.find((line) => line.startsWith('Path:'))
  return {
    MessageNumber: begin[1],
    MessageTotal: begin[2],
    ScriptBlockText: message.slice(begin[0].length, end).replace(/(?:\r?\n){1,2}$/, ''),
    ScriptBlockId: idLine.slice('ScriptBlock ID: '.length).trim(),
    Path: path?.slice('Path:'.length).trim() ?? '',
  }
}

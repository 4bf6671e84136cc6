/** The version of the protocol that both sides speak: what a client asks for, else the newest. */
export type Compatibility = 8 | 9

/** Form of an answer: as JSON, in the words of a version where the client asked for one. */
export interface AnswerForm {
  readonly type: string
  readonly version: Compatibility
}

const vendored =
  /^application\/vnd\.elasticsearch\+(?:json|x-ndjson)\s*;(?:[^;,]{0,60};)?\s*compatible-with\s*=\s*"?(\d{1,3})"?/i

/** What a client's `Accept`, or else its `Content-Type`, asks for; undefined: a version that is not spoken. */
export function answerForm(accept: string | undefined, contentType: string | undefined): AnswerForm | undefined {
  const stated = vendored.exec(accept?.trim() ?? '') ?? vendored.exec(contentType?.trim() ?? '')
  if (stated === null) return { type: 'application/json', version: 9 }
  const version = Number(stated[1])
  if (version !== 8 && version !== 9) return undefined
  return { type: `application/vnd.elasticsearch+json;compatible-with=${version}`, version }
}

/** Whether a body of this type may be a bulk request or a document. */
export const isJsonType = (type: string | undefined): boolean =>
  /^application\/(?:vnd\.elasticsearch\+)?(?:x-nd)?json\s*(?:;|$)/i.test(type?.trim() ?? '')

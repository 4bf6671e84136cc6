import type { JsonObject } from '../json-object.ts'

/**
 * One way in which an event, or a container of events, is written as a text: a value of JSON, a cell of a table or a line of a log
 * may hold it. Whoever hands the text over has taken off its own quotes and escapes; what comes out may hold texts again.
 */
export interface TextForm {
  readonly name: string
  /** Whether the text may be of this form, by how it begins; `text` has no blanks around it. Must be cheap. */
  fits(text: string): boolean
  /**
   * What is in it: an object or list as JSON.parse makes them, or a text of another form; undefined where it is not of this
   * form after all. `around` is the object in which the text stood.
   */
  inside(text: string, around: JsonObject | null): unknown
}

export { type ParsedEvent, parseEvent, type UnreadableEvent } from './parse-event.ts'

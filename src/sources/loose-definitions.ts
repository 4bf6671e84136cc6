import type { Note } from '../model/note.ts'
import { placeOf } from './collection.ts'

/** Windows itself keeps hundreds of them (WinSxS). */
const mostNamed = 10

/**
 * Whether a file with a task's definition lies below one of these disks and outside of its task folder: it is what somebody may make a
 * task of, and no task. What lies below no disk was exported by somebody.
 */
export function isMaterial(place: string, disks: readonly string[]): boolean {
  const { root, taskPath, isOfDisk } = placeOf(place)
  return taskPath === null && !isOfDisk && disks.some((disk) => root.startsWith(disk))
}

/** The first of such files by name, the rest by their number. */
export function notesOn(materials: readonly string[]): Note[] {
  const text = 'it has the definition of a task, and lies outside of the task folder: no task is told by it'
  return materials.slice(0, mostNamed).map((file, index) => {
    const more = index === mostNamed - 1 ? materials.length - mostNamed : 0
    return { file, code: 'task-definition', text: more === 0 ? text : `${text}; nor by ${more} more such files` }
  })
}

/**
 * A named pipe was created (17) or connected to (18): ProcessGuid, ProcessId, PipeName, Image; later versions add
 * EventType and User. A connection from another host shows the process System.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (events 17 and 18)
 */
import { textOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonProcess } from './sysmon-process.ts'

const namesTaskPipe = condition('PipeName', 'atsvc')
const taskPipe = /(?:^|\\)atsvc$/i

export const pipeUsed: Normalizer = {
  interests: [17, 18].map((eventId) => ({ provider: sysmon, eventId, where: namesTaskPipe.where })),
  normalize(record) {
    const pipe = writtenIn(record, 'PipeName')
    if (!taskPipe.test(pipe)) return null
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    return {
      ...head(record),
      kind: 'pipe-used',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      action: record.eventId === 17 ? 'created' : 'connected',
      pipe,
      user: textOf(record, 'User'),
    }
  },
}

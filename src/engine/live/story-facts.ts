import type { Fact, ProcessStarted } from '../../model/fact.ts'

/** Whether a fact is about a task or a log: others matter only beside such a one. */
export function bearsOnStory(fact: Fact): boolean {
  switch (fact.kind) {
    case 'process-started':
      return fact.command !== null || mayBeOfScheduler(fact)
    case 'task-registered':
    case 'task-updated':
    case 'task-deleted':
    case 'task-enabled':
    case 'task-disabled':
    case 'task-process-created':
    case 'task-action-started':
    case 'task-run-started':
    case 'script-ran':
    case 'log-cleared':
    case 'telemetry-switched':
    case 'clock-changed':
    case 'file-time-changed':
      return true
    case 'file-created':
      return fact.task !== null
    case 'registry-changed':
      return fact.task !== null || fact.area === 'environment' || fact.area === 'class'
    default:
      return false
  }
}

/** What starts the processes of tasks: the service's host, unless it says that it is another service's, or before Windows 10 the task engine. */
const mayBeOfScheduler = ({ parentImage, parentCommandLine }: ProcessStarted): boolean =>
  parentImage !== null &&
  /\\(?:svchost|taskeng)\.exe$/i.test(parentImage) &&
  (parentCommandLine === null || !/\s-s\s+(?!schedule\b)/i.test(parentCommandLine))

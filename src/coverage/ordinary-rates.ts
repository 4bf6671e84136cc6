import { type InboxTask, inboxTasks } from '../model/windows/inbox/index.ts'

// How often what every Windows host does all the time happens at the very least. From what is known of Windows' own tasks: a log that
// shows none of it in a day does not record it.

const comesRound = (task: InboxTask): boolean =>
  task.isEnabled &&
  task.triggers.some((trigger) => trigger === 'time' || trigger === 'calendar' || trigger === 'maintenance')

/** The releases that are most common now; a host has the tasks of one. */
const common = ['10', '11-25h2', '2016'] as const

/** Runs of Windows' own tasks a day: of those that come round by the clock, once a week each, on the release that has the fewest. */
export const runsPerDay = Math.min(
  // biome-ignore lint/plugin: three releases
  ...common.map(
    (release) => inboxTasks.filter((task) => comesRound(task) && task.releases.includes(release)).length / 7,
  ),
)

/** Each of these runs starts a process: its own, or the one that hosts its handler. */
export const processesPerDay = runsPerDay

/** Sessions of services and of Windows' own batch work. */
export const sessionsPerDay = 4

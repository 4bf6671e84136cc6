/**
 * Velociraptor's Windows.System.TaskScheduler: a row for each action of each task's file, as JSON or CSV.
 * Source: https://docs.velociraptor.app/artifact_references/pages/windows.system.taskscheduler
 */
import { own, textOf } from '../../json/json-object.ts'
import { execOf, handlerOf } from '../listed-action.ts'
import { type Lister, nothingListed } from '../lister.ts'

export const velociraptor: Lister = {
  name: 'Velociraptor Windows.System.TaskScheduler',
  needs: ['Command', 'ComHandler', 'UserId'],
  task(row) {
    const file = textOf(own(row, 'OSPath') ?? own(row, 'FullPath')) ?? ''
    const path = /[\\/]System32[\\/]Tasks([\\/].+)$/is.exec(file)?.[1]?.replaceAll('/', '\\')
    if (path === undefined) return null
    const [command, handler] = [textOf(own(row, 'Command')) ?? '', textOf(own(row, 'ComHandler')) ?? '']
    return {
      ...nothingListed,
      path,
      host: textOf(own(row, 'Fqdn') ?? own(row, 'Hostname')) || null,
      actions:
        command !== ''
          ? [execOf(command, textOf(own(row, 'Arguments')) ?? null)]
          : handler === ''
            ? null
            : [handlerOf(handler)],
      runsAs: textOf(own(row, 'UserId')) || null,
    }
  },
}

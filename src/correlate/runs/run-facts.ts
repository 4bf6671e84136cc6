import type { Evidence } from '../../model/chain.ts'
import type {
  TaskActionCompleted,
  TaskActionStarted,
  TaskProcessCreated,
  TaskRunEnded,
  TaskRunStarted,
  TaskTriggered,
} from '../../model/fact.ts'
import { momentOf } from '../../model/time.ts'
import type { HostState } from '../memory/host-state.ts'
import type { RunDraft } from '../nodes.ts'
import { type TaskState, takeRequest } from '../tasks/task-state.ts'
import { addDescendants } from '../ties/descendants.ts'
import { awaitProcess } from '../ties/run-of-log.ts'

export type RunFact =
  | TaskProcessCreated
  | TaskActionStarted
  | TaskTriggered
  | TaskRunStarted
  | TaskActionCompleted
  | TaskRunEnded

/** What the scheduler's own log says of a run. */
export function runFact(host: HostState, fact: RunFact, evidence: Evidence): void {
  host.service.learn(fact.servicePid)
  const at = momentOf(fact)
  const task = host.task(fact.task, at)
  switch (fact.kind) {
    case 'task-process-created': {
      const { pid, action, time } = fact
      const named = { by: '129', pid, action, at, instance: null, evidence } as const
      const node = host.processes.find(pid, null, time)
      const run = host.runs.launched(task, named, node)
      takeRequest(task, run, host.settings)
      if (node?.run === run) addDescendants(host, run)
      break
    }
    case 'task-action-started': {
      const { enginePid: pid, action, instance, time } = fact
      const node = pid === null ? undefined : host.processes.find(pid, null, time)
      // A COM handler runs inside a taskhostw that may have been there for hours: such a process is not the run's own.
      const isOwn = node === undefined ? isProgram(action) : node.start.time >= at.time - host.settings.launch
      if (isOwn && pid) {
        const named = { by: '200', pid, action, at, instance, evidence } as const
        takeRequest(task, host.runs.launched(task, named, node), host.settings)
      } else {
        const run = host.runs.named(task, at, instance, evidence)
        if (pid === null && isProgram(action)) awaitProcess(host, task, run, { at, action })
      }
      break
    }
    case 'task-triggered':
      host.runs.triggered(task, fact.cause, at, fact.instance, evidence)
      break
    case 'task-run-started':
      awaitProcess(host, task, begun(host, task, fact, evidence), { at, action: null })
      break
    case 'task-action-completed': {
      // A success is proof of a run even where its begin was not logged; an action that never started (203) is none.
      const run =
        host.runs.ending(task, fact.instance, fact.enginePid, evidence) ??
        (fact.outcome === 'not-started' ? undefined : host.runs.named(task, at, fact.instance, evidence))
      if (!run) break
      run.result = fact.result ?? run.result
      if (fact.outcome !== 'completed') run.outcome = 'failed'
      break
    }
    case 'task-run-ended': {
      const run =
        host.runs.ending(task, fact.instance, null, evidence) ??
        (fact.outcome === 'failed' ? undefined : host.runs.named(task, at, fact.instance, evidence))
      if (!run) break
      run.outcome ??= fact.outcome
      run.result ??= fact.result
      run.ended = at
      break
    }
    default:
      fact satisfies never
  }
}

/** 100: the run that began, which is the one that was asked for, if one was. */
function begun(
  host: HostState,
  task: TaskState,
  { time, ticks, instance }: TaskRunStarted,
  evidence: Evidence,
): RunDraft {
  const run = host.runs.named(task, { time, ticks }, instance, evidence)
  takeRequest(task, run, host.settings)
  return run
}

/** 200 names the program of an Exec action, but the class of a COM handler in words ("Language Components Installer"). */
const isProgram = (action: string): boolean => /[\\/%]|\.[a-z0-9]{2,4}$/i.test(action)

import { z } from 'zod'
import {
  type Action,
  daysOfWeek,
  instancesPolicies,
  months,
  stateChanges,
  type TaskDefinition,
  type TaskSettings,
  type Trigger,
} from '../../model/definition.ts'

// The form of a task's definition in JSON, as `inventory` writes it. The types say that it is the model's own: what the model gains, the
// compiler asks for here.

const text = z.string().nullable()
const namedValues = z.array(z.object({ name: z.string(), value: z.string() }))

export const actionForm: z.ZodType<Action> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('exec'),
    id: text,
    command: z.string(),
    arguments: text,
    workingDirectory: text,
    hideAppWindow: z.boolean(),
  }),
  z.object({ kind: z.literal('com-handler'), id: text, classId: z.string(), data: text }),
  z.object({
    kind: z.literal('send-email'),
    id: text,
    server: text,
    subject: text,
    to: text,
    cc: text,
    bcc: text,
    replyTo: text,
    from: text,
    headerFields: namedValues,
    body: text,
    attachments: z.array(z.string()),
  }),
  z.object({ kind: z.literal('show-message'), id: text, title: text, body: text }),
])

const days = z.array(z.enum(daysOfWeek))
const ofMonth = z.array(z.union([z.number(), z.literal('Last')]))
const inMonths = z.array(z.enum(months))

const scheduleForm = z.discriminatedUnion('by', [
  z.object({ by: z.literal('day'), daysInterval: z.number() }),
  z.object({ by: z.literal('week'), weeksInterval: z.number(), daysOfWeek: days }),
  z.object({ by: z.literal('month'), daysOfMonth: ofMonth, months: inMonths }),
  z.object({ by: z.literal('month-day-of-week'), weeks: ofMonth, daysOfWeek: days, months: inMonths }),
])

const ofEveryTrigger = {
  id: text,
  enabled: z.boolean(),
  startBoundary: text,
  endBoundary: text,
  repetition: z.object({ interval: z.string(), duration: text, stopAtDurationEnd: z.boolean() }).nullable(),
  executionTimeLimit: text,
}

const triggerForm: z.ZodType<Trigger> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['boot', 'registration']), ...ofEveryTrigger, delay: text }),
  z.object({ kind: z.literal('idle'), ...ofEveryTrigger }),
  z.object({ kind: z.literal('time'), ...ofEveryTrigger, randomDelay: text }),
  z.object({ kind: z.literal('calendar'), ...ofEveryTrigger, randomDelay: text, schedule: scheduleForm.nullable() }),
  z.object({ kind: z.literal('logon'), ...ofEveryTrigger, userId: text, delay: text }),
  z.object({
    kind: z.literal('event'),
    ...ofEveryTrigger,
    subscription: text,
    delay: text,
    periodOfOccurrence: text,
    numberOfOccurrences: z.number(),
    matchingElement: text,
    valueQueries: namedValues,
  }),
  z.object({
    kind: z.literal('session-state-change'),
    ...ofEveryTrigger,
    stateChange: z.enum(stateChanges).nullable(),
    userId: text,
    delay: text,
  }),
  z.object({
    kind: z.literal('wnf-state-change'),
    ...ofEveryTrigger,
    stateName: text,
    data: text,
    dataOffset: text,
    delay: text,
  }),
])

const settingsForm: z.ZodType<TaskSettings> = z.object({
  allowStartOnDemand: z.boolean(),
  restartOnFailure: z.object({ interval: z.string(), count: z.number() }).nullable(),
  multipleInstancesPolicy: z.enum(instancesPolicies),
  disallowStartIfOnBatteries: z.boolean(),
  stopIfGoingOnBatteries: z.boolean(),
  allowHardTerminate: z.boolean(),
  startWhenAvailable: z.boolean(),
  networkProfileName: text,
  runOnlyIfNetworkAvailable: z.boolean(),
  wakeToRun: z.boolean(),
  enabled: z.boolean(),
  hidden: z.boolean(),
  deleteExpiredTaskAfter: text,
  idleSettings: z.object({
    duration: z.string(),
    waitTimeout: z.string(),
    stopOnIdleEnd: z.boolean(),
    restartOnIdle: z.boolean(),
  }),
  networkSettings: z.object({ name: text, id: text }).nullable(),
  executionTimeLimit: z.string(),
  priority: z.number(),
  runOnlyIfIdle: z.boolean(),
  useUnifiedSchedulingEngine: z.boolean(),
  disallowStartOnRemoteAppSession: z.boolean(),
  maintenanceSettings: z.object({ period: z.string(), deadline: text, exclusive: z.boolean() }).nullable(),
  volatile: z.boolean(),
})

export const definitionForm: z.ZodType<TaskDefinition> = z.object({
  version: text,
  registrationInfo: z.object({
    author: text,
    date: text,
    description: text,
    source: text,
    uri: text,
    documentation: text,
    version: text,
    securityDescriptor: text,
  }),
  triggers: z.array(triggerForm),
  principals: z.array(
    z.object({
      id: text,
      userId: text,
      groupId: text,
      displayName: text,
      logonType: text,
      runLevel: z.enum(['LeastPrivilege', 'HighestAvailable']),
      processTokenSidType: text,
      requiredPrivileges: z.array(z.string()),
    }),
  ),
  settings: settingsForm,
  actionsContext: text,
  actions: z.array(actionForm),
  data: text,
})

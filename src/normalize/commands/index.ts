export {
  readScriptText,
  type ScriptReading,
  type StartedProcess,
  scriptCommands,
  taskCommand,
  taskCommands,
} from './task-command.ts'

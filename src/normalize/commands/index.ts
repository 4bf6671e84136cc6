export {
  type Asked,
  askedBy,
  readScriptText,
  type ScriptReading,
  type StartedProcess,
  scriptCommands,
  taskCommands,
} from './task-command.ts'

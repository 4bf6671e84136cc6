export { type StartedProcess, scriptCommand, scriptCommands, taskCommand, taskCommands } from './task-command.ts'

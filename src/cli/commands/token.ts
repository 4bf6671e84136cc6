import { type Command, InvalidArgumentError, Option } from 'commander'
import { atLeastOne, hostName, quietOption } from '../options.ts'
import { UsageError } from '../refusals.ts'
import { runCommand } from '../run-command.ts'
import { dataOption } from './serve.ts'

const roles = ['send', 'read', 'administer'] as const

export function declareToken(program: Command): void {
  const token = program.command('token').description("who may do what with the service: its folder's tokens")
  token
    .command('add <name>')
    .description('make a token for a person or a sender, and print it: it is kept nowhere else')
    .addOption(new Option('--role <role>', 'what its holder may do').choices(roles).makeOptionMandatory())
    .option('--host <name>', 'a host that a sender may speak for (default: any); may be given again', hosts)
    .addOption(
      new Option('--expires-in <days>', 'until when it counts (default: until it is removed)').argParser(atLeastOne),
    )
    .addOption(dataOption())
    .addOption(quietOption())
    .action(async (name: string, options) => {
      const { role, host = null, expiresIn = null, data, quiet } = options
      if (!/^[^\p{C}\p{Z}]{1,100}$/u.test(name))
        throw new UsageError('name the holder in one word of at most 100 characters')
      if (host !== null && role !== 'send') throw new UsageError('--host is for senders: a reader sees all hosts')
      await runCommand('token-add', { data, name, role, hosts: host, days: expiresIn, quiet }, noFiles(quiet))
    })
  token
    .command('list')
    .description('print who has a token, and when it was last used')
    .addOption(dataOption())
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(({ data, format }) => runCommand('token-list', { data, format }, noFiles(true)))
  token
    .command('remove <id>')
    .description('take a token away; it counts no more from the next request on')
    .addOption(dataOption())
    .action((id: string, { data }) => runCommand('token-remove', { data, id }, noFiles(true)))
}

const noFiles = (quiet: boolean) => ({ inputs: [], out: null, quiet })

/** A sender is bound to hosts by the first label of their names. */
function hosts(text: string, before: string[] | undefined): string[] {
  const [label = ''] = hostName(text).split('.')
  if (label === '') throw new InvalidArgumentError('Give the name of a host.')
  return [...(before ?? []), label]
}

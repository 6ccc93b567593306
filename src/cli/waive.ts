import { waive as grant } from '../workflow/person/waive.ts'
import { required, UsageError, type Command } from './command.ts'

export const waive: Command = {
  name: 'waive',
  usage: 'TASK --reason TEXT',
  summary: 'a person takes a task as done without proof; asks on a terminal',
  options: { reason: { type: 'string' } },
  async run(call, args) {
    const reason = args.text('reason')
    if (reason === undefined) throw new UsageError('--reason is missing.')
    const data = await grant(call, { task: required(args, 0, 'TASK'), reason })
    return { data, text: `${data.task} is waived by ${data.person}.` }
  },
}

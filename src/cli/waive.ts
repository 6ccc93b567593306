import type { Call } from '../workflow/context/call.ts'
import { waiveGotcha } from '../workflow/human/waive-gotcha.ts'
import { waiveStandard } from '../workflow/human/waive-standard.ts'
import { waive as waiveTask } from '../workflow/human/waive.ts'
import { required, UsageError, type Arguments, type Command, type Printed } from './command.ts'

export const waiveCommand: Command = {
  name: 'waive',
  usage: 'TASK | --gotcha NAME [--file FILE] | --standard NAME, with --reason TEXT',
  summary: 'a person lets something be without proof; asks on a terminal',
  options: {
    reason: { type: 'string' },
    gotcha: { type: 'string' },
    file: { type: 'string' },
    standard: { type: 'string' },
  },
  async run(call, args) {
    const reason = args.text('reason')
    if (reason === undefined || reason.trim() === '') throw new UsageError('--reason is missing.')
    const [gotcha, standard] = [args.text('gotcha'), args.text('standard')]
    const named = [gotcha, standard, args.positionals[0]].filter(word => word !== undefined)
    if (named.length > 1)
      throw new UsageError('Name one thing to waive: a task, a gotcha or a standard.')
    if (gotcha !== undefined) return gotchaWaived(call, gotcha, args.text('file'), reason)
    if (standard !== undefined) return standardWaived(call, standard, reason)
    return taskWaived(call, args, reason)
  },
}

async function taskWaived(call: Call, args: Arguments, reason: string): Promise<Printed> {
  const data = await waiveTask(call, { task: required(args, 0, 'TASK'), reason })
  return { data, text: `${data.task} is waived by ${data.person}.` }
}

async function gotchaWaived(
  call: Call,
  gotcha: string,
  file: string | undefined,
  reason: string,
): Promise<Printed> {
  const data = await waiveGotcha(call, { gotcha, file, reason })
  return { data, text: `Waived by ${data.person}: ${data.waived.join(', ')}.` }
}

async function standardWaived(call: Call, standard: string, reason: string): Promise<Printed> {
  const data = await waiveStandard(call, { standard, reason })
  return { data, text: `"${data.standard}" is waived by ${data.person}.` }
}

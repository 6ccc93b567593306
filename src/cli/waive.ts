import { joinAsLines } from '../runner/safe-text.ts'
import type { Call } from '../workflow/context/call.ts'
import { retireTest } from '../workflow/human/retire-test.ts'
import { waive } from '../workflow/human/waive.ts'
import { waiveGotcha } from '../workflow/human/waive-gotcha.ts'
import { waiveStandard } from '../workflow/human/waive-standard.ts'
import { UsageError, type Arguments, type Command, type Printed } from './command.ts'

/** The command `waive`: asks on a terminal. */
export const waiveCommand: Command = {
  name: 'waive',
  usage:
    '(TASK… | --ticked | --test NAME | --gotcha NAME [--file FILE] | --standard NAME) --reason TEXT',
  summary: 'waive tasks, a test, a gotcha or a standard (interactive)',
  description:
    'Lets tasks, a gotcha or a standard pass without proof, or retires a test that is no longer wanted, after one confirmation on the terminal. The waiver and its reason are recorded, and verify counts them.',
  arguments: { 'TASK…': 'Ids of the tasks to waive, such as T012, or ranges such as T003-T007.' },
  options: {
    reason: { type: 'string', value: 'TEXT', description: 'Why it needs no proof; required.' },
    ticked: {
      type: 'boolean',
      description: 'Waive every task that is ticked in the file but not proven.',
    },
    test: {
      type: 'string',
      value: 'NAME',
      description:
        'Test of this feature that is no longer wanted, such as "tests/a.test.ts > pops". It may then be removed; its task stays done.',
    },
    gotcha: {
      type: 'string',
      value: 'NAME',
      description: 'Gotcha to waive, named as in the validation report.',
    },
    file: {
      type: 'string',
      value: 'FILE',
      description: 'With --gotcha: only in this file, or at this line, such as src/ids.js:12.',
    },
    standard: { type: 'string', value: 'NAME', description: 'Standard to waive.' },
  },
  examples: [
    'redgreen waive T012 --reason "the provider is shut down"',
    'redgreen waive --ticked --reason "done before redgreen"',
    'redgreen waive --test "stack > pops" --reason "pop was dropped from the specification"',
    'redgreen waive --gotcha "Session ids" --file demo.js --reason "a demo"',
    'redgreen waive --standard "Migrations tested" --reason "there are none"',
  ],
  run: runWaive,
}

async function runWaive(call: Call, args: Arguments): Promise<Printed> {
  const reason = args.text('reason')
  if (reason === undefined || reason.trim() === '') throw new UsageError('--reason is missing.')
  const [gotcha, standard, test] = ['gotcha', 'standard', 'test'].map(name => args.text(name))
  const tasks = args.positionals
  const ticked = args.flag('ticked')
  const named = [gotcha, standard, test].filter(name => name !== undefined).length
  if (named + (tasks.length > 0 || ticked ? 1 : 0) !== 1) {
    throw new UsageError('Name what to waive: tasks, a test, a gotcha or a standard.')
  }
  if (gotcha !== undefined) {
    const data = await waiveGotcha(call, { gotcha, file: args.text('file'), reason })
    return { data, text: joinAsLines([`Waived by ${data.person}: ${data.waived.join(', ')}.`]) }
  }
  if (test !== undefined) {
    const data = await retireTest(call, { test, reason })
    return {
      data,
      text: joinAsLines([`"${data.test}" of ${data.task} is retired by ${data.person}.`]),
    }
  }
  if (standard !== undefined) {
    const data = await waiveStandard(call, { standard, reason })
    return { data, text: joinAsLines([`"${data.standard}" is waived by ${data.person}.`]) }
  }
  const data = await waive(call, { tasks, ticked, reason })
  const verb = data.tasks.length === 1 ? 'is' : 'are'
  return { data, text: joinAsLines([`${data.tasks.join(', ')} ${verb} waived by ${data.person}.`]) }
}

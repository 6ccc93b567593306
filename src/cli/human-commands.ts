import { joinAsLines } from '../runner/safe-text.ts'
import { countOf } from '../plan/format-list.ts'
import type { Call } from '../workflow/context/call.ts'
import { allowRun } from '../workflow/human/allow-run.ts'
import { approve } from '../workflow/human/approve.ts'
import { confirmPhase } from '../workflow/human/confirm-phase.ts'
import { confirmStandards } from '../workflow/human/confirm-standards.ts'
import { release } from '../workflow/human/release.ts'
import { reopen, type Reopened } from '../workflow/human/reopen.ts'
import { retireTest } from '../workflow/human/retire-test.ts'
import { waive } from '../workflow/human/waive.ts'
import { waiveGotcha } from '../workflow/human/waive-gotcha.ts'
import { waiveStandard } from '../workflow/human/waive-standard.ts'
import {
  FEATURE_ARGUMENT,
  required,
  UsageError,
  type Arguments,
  type Command,
  type Printed,
} from './command.ts'

/** Commands for decisions that only a human makes. Each asks on a terminal and is refused without one. */
export const humanCommands: Command[] = [
  {
    name: 'approve',
    usage: '[FEATURE]',
    summary: 'approve the plan and the current settings (interactive)',
    description:
      'Shows the tasks and the settings and asks for approval on the terminal. Use it when a step was refused with not_approved or settings_changed.',
    arguments: FEATURE_ARGUMENT,
    examples: ['redgreen approve', 'redgreen approve 001-chat'],
    run: async (call, args) => {
      const data = await approve(forFeature(call, args))
      return { data, text: joinAsLines([`${data.feature} is approved by ${data.person}.`]) }
    },
  },
  {
    name: 'confirm-phase',
    usage: '[FEATURE]',
    summary: 'confirm a finished phase (interactive)',
    description:
      'Shows what the first finished phase asks a human to check, and asks for confirmation on the terminal. Use it when a step was refused with phase_needs_person.',
    arguments: FEATURE_ARGUMENT,
    examples: ['redgreen confirm-phase'],
    run: async (call, args) => {
      const data = await confirmPhase(forFeature(call, args))
      return { data, text: joinAsLines([`Phase "${data.phase}" is confirmed by ${data.person}.`]) }
    },
  },
  {
    name: 'confirm-standards',
    usage: '[FEATURE]',
    summary: 'confirm the standards that no check proves (interactive)',
    description:
      'Asks, one by one on the terminal, whether each standard without evidence is met. Use it when run_validation lists standards that need a human.',
    arguments: FEATURE_ARGUMENT,
    examples: ['redgreen confirm-standards'],
    run: async (call, args) => {
      const data = await confirmStandards(forFeature(call, args))
      const { confirmed, open, person } = data
      const rest = open.length > 0 ? ` Not confirmed: ${open.join('; ')}.` : ''
      return {
        data,
        text: joinAsLines([`Confirmed by ${person}: ${confirmed.join('; ')}.${rest}`]),
      }
    },
  },
  {
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
  },
  {
    name: 'reopen',
    usage: 'TASK… [--reason TEXT]',
    summary: 'open tasks again that were done, failed or waived (interactive)',
    description:
      'Removes the marks of tasks that were done, failed, waived or ticked by hand, after one confirmation on the terminal, so that each starts anew. Earlier proofs and waivers stay in the ledger and no longer count; verify and the report name them. Done tasks that build on them stay done and are listed.',
    arguments: { 'TASK…': 'Ids of the tasks, such as T012, or ranges such as T003-T007.' },
    options: { reason: { type: 'string', value: 'TEXT', description: 'Why, for the record.' } },
    examples: ['redgreen reopen T012', 'redgreen reopen T003-T005 --reason "wrong endpoint"'],
    run: async (call, args) => {
      required(args, 0, 'TASK')
      const data = await reopen(call, { tasks: args.positionals, reason: args.text('reason') })
      return { data, text: describeReopened(data) }
    },
  },
  {
    name: 'release',
    usage: 'TASK…',
    summary: 'end the lease of a session that does not continue (interactive)',
    description:
      'Frees tasks that another session holds, after one confirmation on the terminal that shows who holds each, since when, and how long that session has been idle. What is recorded stays. A result that the earlier session delivers later is refused.',
    arguments: { 'TASK…': 'Ids of the tasks, such as T012, or ranges such as T003-T007.' },
    examples: ['redgreen release T012'],
    run: async (call, args) => {
      required(args, 0, 'TASK')
      const data = await release(call, args.positionals)
      const held = data.tasks.map(({ task, holder }) => `${task} (held by ${holder})`)
      return { data, text: joinAsLines([`Released by ${data.person}: ${held.join(', ')}.`]) }
    },
  },
  {
    name: 'allow-run',
    usage: '[FEATURE]',
    summary: 'allow one more full run and one more validation (interactive)',
    description:
      'Raises the limits of the current working period by one full run and one validation attempt, after a confirmation on the terminal. Use it when a step was refused with attempts_used_up.',
    arguments: FEATURE_ARGUMENT,
    examples: ['redgreen allow-run'],
    run: async (call, args) => {
      const data = await allowRun(forFeature(call, args))
      const left = `${countOf(data.runsLeft, 'full run')} and ${countOf(data.attemptsLeft, 'validation attempt')} left`
      return {
        data,
        text: joinAsLines([
          `${data.person} allowed one more of each for ${data.feature}: ${left}.`,
        ]),
      }
    },
  },
]

function forFeature(call: Call, { positionals: [feature] }: Arguments): Call {
  return { ...call, feature: feature ?? call.feature }
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

function describeReopened({ tasks, person, dependents, completion }: Reopened): string {
  const list = tasks.map(({ task, was }) => `${task} (was ${was})`)
  return joinAsLines([
    `Opened again by ${person}: ${list.join(', ')}. Each starts anew with next-task.`,
    ...(dependents.length > 0
      ? [`Done tasks that build on them and stay done: ${dependents.join(', ')}.`]
      : []),
    ...(completion
      ? [`${completion.path}:${completion.line} still says that the feature is complete.`]
      : []),
  ])
}

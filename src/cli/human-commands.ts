import { joinAsLines } from '../runner/safe-text.ts'
import { countOf } from '../plan/format-list.ts'
import type { Call } from '../workflow/context/call.ts'
import { allowRun } from '../workflow/human/allow-run.ts'
import { approve } from '../workflow/human/approve.ts'
import { confirmPhase } from '../workflow/human/confirm-phase.ts'
import { confirmStandards } from '../workflow/human/confirm-standards.ts'
import { release } from '../workflow/human/release.ts'
import { reopen, type Reopened } from '../workflow/human/reopen.ts'
import { FEATURE_ARGUMENT, required, type Arguments, type Command } from './command.ts'
import { waiveCommand } from './waive.ts'

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
  waiveCommand,
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

import type { Call } from '../workflow/context/call.ts'
import { allowRun } from '../workflow/human/allow-run.ts'
import { approve } from '../workflow/human/approve.ts'
import { confirmPhase } from '../workflow/human/confirm-phase.ts'
import { confirmStandards } from '../workflow/human/confirm-standards.ts'
import { waive } from '../workflow/human/waive.ts'
import { waiveGotcha } from '../workflow/human/waive-gotcha.ts'
import { waiveStandard } from '../workflow/human/waive-standard.ts'
import {
  FEATURE_ARGUMENT,
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
      return { data, text: `${data.feature} is approved by ${data.person}.` }
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
      return { data, text: `Phase "${data.phase}" is confirmed by ${data.person}.` }
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
      return { data, text: `Confirmed by ${person}: ${confirmed.join('; ')}.${rest}` }
    },
  },
  {
    name: 'waive',
    usage: '(TASK… | --ticked | --gotcha NAME [--file FILE] | --standard NAME) --reason TEXT',
    summary: 'waive tasks, a gotcha or a standard (interactive)',
    description:
      'Lets tasks, a gotcha or a standard pass without proof, after one confirmation on the terminal. The waiver and its reason are recorded, and verify counts them.',
    arguments: { 'TASK…': 'Ids of the tasks to waive, such as T012, or ranges such as T003-T007.' },
    options: {
      reason: { type: 'string', value: 'TEXT', description: 'Why it needs no proof; required.' },
      ticked: {
        type: 'boolean',
        description: 'Waive every task that is ticked in the file but not proven.',
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
      'redgreen waive --gotcha "Session ids" --file demo.js --reason "a demo"',
      'redgreen waive --standard "Migrations tested" --reason "there are none"',
    ],
    run: runWaive,
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
      const left = `${data.runsLeft} full runs and ${data.attemptsLeft} validation attempts left`
      return {
        data,
        text: `${data.person} allowed one more of each for ${data.feature}: ${left}.`,
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
  const [gotcha, standard] = [args.text('gotcha'), args.text('standard')]
  const tasks = args.positionals
  const ticked = args.flag('ticked')
  const kinds = [gotcha !== undefined, standard !== undefined, tasks.length > 0 || ticked]
  if (kinds.filter(Boolean).length !== 1) {
    throw new UsageError('Name what to waive: tasks, a gotcha or a standard.')
  }
  if (gotcha !== undefined) {
    const data = await waiveGotcha(call, { gotcha, file: args.text('file'), reason })
    return { data, text: `Waived by ${data.person}: ${data.waived.join(', ')}.` }
  }
  if (standard !== undefined) {
    const data = await waiveStandard(call, { standard, reason })
    return { data, text: `"${data.standard}" is waived by ${data.person}.` }
  }
  const data = await waive(call, { tasks, ticked, reason })
  const verb = data.tasks.length === 1 ? 'is' : 'are'
  return { data, text: `${data.tasks.join(', ')} ${verb} waived by ${data.person}.` }
}

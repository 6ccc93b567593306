import { confirmPhase as confirm } from '../workflow/human/confirm-phase.ts'
import type { Command } from './command.ts'

export const confirmPhaseCommand: Command = {
  name: 'confirm-phase',
  usage: '[FEATURE]',
  summary: 'a person has looked at a finished phase; asks on a terminal',
  async run(call, { positionals: [feature] }) {
    const data = await confirm({ ...call, feature: feature ?? call.feature })
    return { data, text: `Phase "${data.phase}" is confirmed by ${data.person}.` }
  },
}

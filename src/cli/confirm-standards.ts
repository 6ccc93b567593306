import { confirmStandards as confirm } from '../workflow/human/confirm-standards.ts'
import type { Command } from './command.ts'

export const confirmStandardsCommand: Command = {
  name: 'confirm-standards',
  usage: '[FEATURE]',
  summary:
    'a person has looked at the standards that nothing proves; asks on a terminal, one by one',
  async run(call, { positionals: [feature] }) {
    const data = await confirm({ ...call, feature: feature ?? call.feature })
    const { confirmed, open, person } = data
    const left = open.length > 0 ? ` Not confirmed: ${open.join('; ')}.` : ''
    return { data, text: `Confirmed by ${person}: ${confirmed.join('; ')}.${left}` }
  },
}

import { approve as grant } from '../workflow/human/approve.ts'
import type { Command } from './command.ts'

export const approveCommand: Command = {
  name: 'approve',
  usage: '[FEATURE]',
  summary: 'a person confirms plan and settings as they are; asks on a terminal',
  async run(call, { positionals: [feature] }) {
    const data = await grant({ ...call, feature: feature ?? call.feature })
    return { data, text: `${data.feature} is approved by ${data.person}.` }
  },
}

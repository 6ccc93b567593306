import { allowRun as grant } from '../workflow/human/allow-run.ts'
import type { Command } from './command.ts'

export const allowRunCommand: Command = {
  name: 'allow-run',
  usage: '[FEATURE]',
  summary: 'a person allows one more full run and one more validation; asks on a terminal',
  async run(call, { positionals: [feature] }) {
    const data = await grant({ ...call, feature: feature ?? call.feature })
    const left = `${data.runsLeft} full runs and ${data.attemptsLeft} validation attempts are left`
    return { data, text: `One more is allowed by ${data.person}: ${left} for ${data.feature}.` }
  },
}

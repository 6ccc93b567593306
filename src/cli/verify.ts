import { verify as check, type Verified } from '../workflow/verify.ts'
import type { Command } from './command.ts'

export const verify: Command = {
  name: 'verify',
  usage: '[FEATURE]',
  summary: 'check the evidence of a feature: chains, proofs, marks',
  async run(call, { positionals: [feature] }) {
    const data = await check({ ...call, feature: feature ?? call.feature })
    return { data, text: verifyText(data), exitCode: data.passed ? 0 : 1 }
  },
}

function verifyText(verified: Verified): string {
  const { feature, passed, events, done, waived, shallow, dropped, findings } = verified
  const notes = [
    waived > 0 && `${waived} waived`,
    shallow > 0 && `${shallow} shallow`,
    dropped > 0 && `${dropped} dropped in the plan`,
  ].filter(note => note !== false)
  const extra = notes.length > 0 ? `, ${notes.join(', ')}` : ''
  return [
    ...findings.map(({ path, line, text }) => `${path}:${line} ${text}`),
    passed
      ? `${feature}: ${events} events hold, ${done} tasks proven${extra}.`
      : `${feature}: ${findings.length} findings in ${events} events, ${done} tasks proven${extra}.`,
  ].join('\n')
}

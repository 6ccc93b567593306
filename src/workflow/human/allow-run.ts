import { attemptsLeft, runsLeft } from '../../evidence/run-limits.ts'
import { countOf } from '../../plan/format-list.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { limitsUsed } from '../context/limits.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction, openContext } from '../context/transaction.ts'

export interface RunAllowed {
  feature: string
  person: string
  /** What is left in this working period, including what was just allowed. */
  runsLeft: number
  attemptsLeft: number
}

/** A human allows one more full run and one more validation attempt in this working period. */
export async function allowRun(call: Call): Promise<RunAllowed> {
  const opened = await openContext(call)
  const { id } = opened.plan.feature
  const left = limitsLeft(opened)
  const question = `${id} has ${countOf(left.runsLeft, 'full run')} and ${countOf(left.attemptsLeft, 'validation attempt')} left in this working period. Allow one more of each?`
  const confirmed = await confirmByHuman(call, question, 'allow-run')
  return withTransaction(call, async context => {
    // The same answer may arrive twice, such as from two clicks.
    if (allowed(context) !== allowed(opened)) throw allowedMeanwhile()
    const events = await record(context, {
      kind: 'runs-allowed',
      fullRuns: 1,
      attempts: 1,
      ...confirmed,
    })
    const ledger = { ...context.ledger, events: [...context.ledger.events, ...events] }
    return { feature: id, person: confirmed.person, ...limitsLeft({ ...context, ledger }) }
  })
}

/** How many runs humans have allowed. */
function allowed({ ledger }: Context): number {
  return ledger.events.filter(({ kind }) => kind === 'runs-allowed').length
}

function allowedMeanwhile(): Refusal {
  return new Refusal(
    'conflict',
    'A human allowed another run meanwhile, so nothing was recorded.',
    'If one more is needed, run the command again.',
  )
}

function limitsLeft(context: Context): Pick<RunAllowed, 'runsLeft' | 'attemptsLeft'> {
  const { limits } = context.settings
  const used = limitsUsed(context)
  return { runsLeft: runsLeft(used, limits), attemptsLeft: attemptsLeft(used, limits) }
}

import { attemptsLeft, runsLeft } from '../../evidence/budget.ts'
import type { Call } from '../context/call.ts'
import { confirmByHuman } from '../approval/confirm.ts'
import { record, type Context } from '../context/context.ts'
import { limitsUsed } from '../context/limits.ts'
import { withTransaction, openContext } from '../context/transaction.ts'

export interface RunAllowed {
  feature: string
  person: string
  /** What is left in this working period, with what was just allowed. */
  runsLeft: number
  attemptsLeft: number
}

/** A person allows one more full run and one more validation attempt in the present working period. */
export async function allowRun(call: Call): Promise<RunAllowed> {
  const before = await openContext(call)
  const { id } = before.plan.feature
  const left = leftNow(before)
  const question = `${id} has ${left.runsLeft} full runs and ${left.attemptsLeft} validation attempts left in this working period. Allow one more of each?`
  const confirmed = await confirmByHuman(call, question, 'allow-run')
  return withTransaction(call, context => {
    const events = record(context, { kind: 'runs-allowed', fullRuns: 1, attempts: 1, ...confirmed })
    const ledger = { ...context.ledger, events: [...context.ledger.events, ...events] }
    return { feature: id, person: confirmed.person, ...leftNow({ ...context, ledger }) }
  })
}

function leftNow(context: Context): Pick<RunAllowed, 'runsLeft' | 'attemptsLeft'> {
  const { limits } = context.settings
  const used = limitsUsed(context)
  return { runsLeft: runsLeft(used, limits), attemptsLeft: attemptsLeft(used, limits) }
}

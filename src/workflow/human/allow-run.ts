import { attemptsLeft, runsLeft } from '../../evidence/budget.ts'
import type { Call } from '../context/call.ts'
import { confirmByPerson } from '../approval/confirm.ts'
import { record, type Desk } from '../context/context.ts'
import { usedNow } from '../context/limits.ts'
import { atDesk, openDesk } from '../context/transaction.ts'

export interface RunAllowed {
  feature: string
  person: string
  /** What is left in this working period, with what was just allowed. */
  runsLeft: number
  attemptsLeft: number
}

/** A person allows one more full run and one more validation attempt in the present working period. */
export async function allowRun(call: Call): Promise<RunAllowed> {
  const before = await openDesk(call)
  const { id } = before.plan.feature
  const left = leftNow(before)
  const question = `${id} has ${left.runsLeft} full runs and ${left.attemptsLeft} validation attempts left in this working period. Allow one more of each?`
  const confirmed = await confirmByPerson(call, question, 'allow-run')
  return atDesk(call, desk => {
    const events = record(desk, { kind: 'runs-allowed', fullRuns: 1, attempts: 1, ...confirmed })
    const ledger = { ...desk.ledger, events: [...desk.ledger.events, ...events] }
    return { feature: id, person: confirmed.person, ...leftNow({ ...desk, ledger }) }
  })
}

function leftNow(desk: Desk): Pick<RunAllowed, 'runsLeft' | 'attemptsLeft'> {
  const { limits } = desk.settings
  const used = usedNow(desk)
  return { runsLeft: runsLeft(used, limits), attemptsLeft: attemptsLeft(used, limits) }
}

import type { Event } from '../evidence/event.ts'
import { debtors } from '../evidence/owed.ts'
import type { Kind } from '../plan/plan.ts'
import { hasRecorded } from '../store/ledger.ts'
import type { Call } from './call.ts'
import { lookDesk, type Desk } from './desk.ts'
import { SETTINGS_FILE } from '../store/settings.ts'
import { ledgerProblems } from './overview.ts'
import { structureHash } from './gates/readiness.ts'
import { situationOf } from './situation.ts'
import { standingsOf, type TaskStanding } from './standing.ts'

export interface Finding {
  path: string
  line: number
  text: string
}

export interface Verified {
  feature: string
  passed: boolean
  events: number
  done: number
  waived: number
  shallow: number
  /** Tasks that the author's file drops or defers. */
  dropped: number
  findings: Finding[]
}

/** Checks a feature's evidence from the ledger alone: chains, proofs, marks, debts. Writes nothing. */
export async function verify(call: Call): Promise<Verified> {
  const desk = await lookDesk(call)
  const standings = standingsOf(desk)
  const findings = [
    ...ledgerProblems(desk),
    ...marks(desk, standings),
    ...proofs(desk),
    ...rewritten(desk),
    ...settingsChanges(desk),
    ...debts(desk),
  ]
  const events = desk.ledger.events
  const count = (wanted: (standing: TaskStanding) => boolean) =>
    [...standings.values()].filter(wanted).length
  return {
    feature: desk.plan.feature.id,
    passed: findings.length === 0,
    events: events.length,
    done: count(standing => standing.stage === 'done'),
    waived: count(standing => standing.waived),
    dropped: desk.plan.tasks.filter(({ carriers }) => carriers[0]?.state === 'other').length,
    shallow: events.filter(event => event.kind === 'red' && event.shallow).length,
    findings,
  }
}

/** Marks that say more than was seen. */
function marks(desk: Desk, standings: ReadonlyMap<string, TaskStanding>): Finding[] {
  // A project that has not begun with this server has nothing to prove yet.
  const { events, damage } = desk.ledger
  const untouched = events.length === 0 && damage.length === 0
  if (untouched && !hasRecorded(desk.state, desk.plan.feature.id)) return []
  return desk.plan.tasks.flatMap(({ id, location }) => {
    const standing = standings.get(id)
    if (!standing?.claimed || standing.waived) return []
    return [
      { ...location, text: `${id} is ticked, but was never seen to be done (claimed, unproven).` },
    ]
  })
}

/** Events that each kind needs before its `done`, in this order. */
const NEEDS: Record<Kind, Event['kind'][]> = {
  build: ['red', 'green'],
  cover: ['red', 'green'],
  test: ['red'],
  check: ['green'],
  person: [],
}

/** Every `done` has the evidence that its kind asks for, among the events before it. */
function proofs(desk: Desk): Finding[] {
  const { events } = desk.ledger
  return events.flatMap((event, index) => {
    if (event.kind !== 'done') return []
    const before = sinceStart(events.slice(0, index), event.task)
    const kind = event.provenAs
    const proven = new Set<string>(
      before.filter(earlier => event.proof.includes(earlier.hash)).map(earlier => earlier.kind),
    )
    const missing = NEEDS[kind].filter(need => !proven.has(need))
    const unconfirmed = kind === 'person' && event.confirmedBy === undefined ? ['a person'] : []
    const lacks = [...missing, ...unconfirmed]
    return lacks.length === 0 ? [] : [finding(desk, event.task, `lacks ${lacks.join(' and ')}`)]
  })
}

function sinceStart(events: readonly Event[], task: string): Event[] {
  const own = events.filter(event => 'task' in event && event.task === task)
  const start = own.findLastIndex(event => event.kind === 'start')
  return start < 0 ? own : own.slice(start)
}

/** Tasks that say something else by now than what was proven. */
function rewritten(desk: Desk): Finding[] {
  const structure = structureHash(desk.plan)
  const agreed = desk.ledger.events.some(
    event => event.kind === 'approved' && event.structure === structure,
  )
  // A person has read the plan as it is now, and agrees to it.
  if (agreed) return []
  return [...desk.histories].flatMap(([id, { start, done }]) => {
    const task = desk.tasks.get(id)
    if (!done || !task) return []
    if (task.kind !== done.provenAs) {
      return [
        finding(
          desk,
          id,
          `was proven as ${done.provenAs}, and by the plan it has to be ${task.kind}`,
        ),
      ]
    }
    if (!start || start.title === task.title) return []
    return [
      finding(
        desk,
        id,
        `was called ${JSON.stringify(start.title)} when it was proven (a person agrees to the plan of now with redgreen approve)`,
      ),
    ]
  })
}

/** Changes of the settings that no person has confirmed, before or after. */
function settingsChanges(desk: Desk): Finding[] {
  const { events } = desk.ledger
  const approved = new Set(events.map(event => (event.kind === 'approved' ? event.settings : '')))
  let known: string | undefined
  const findings: Finding[] = []
  for (const event of events) {
    if (!('settings' in event)) continue
    if (known !== undefined && event.settings !== known && !approved.has(event.settings)) {
      const text = `The settings changed before ${event.kind} of ${event.at}, and no person has confirmed that (redgreen approve).`
      findings.push({ path: SETTINGS_FILE, line: 1, text })
    }
    known = event.settings
  }
  return findings
}

/** Owed tests are found once nothing is left that could still turn them green. */
function debts(desk: Desk): Finding[] {
  const { standing } = situationOf(desk)
  const open = desk.plan.tasks.some(({ id }) => !(standing(id).settled || standing(id).other))
  if (open) return []
  return [...debtors(desk.owed)].map(task =>
    finding(desk, task, 'owes tests that never turned green'),
  )
}

function finding(desk: Desk, id: string, what: string): Finding {
  const task = desk.plan.tasks.find(task => task.id === id)
  const place = task?.location ?? { path: desk.plan.feature.dir, line: 1 }
  return { ...place, text: `${id} was recorded as done, but it ${what}.` }
}

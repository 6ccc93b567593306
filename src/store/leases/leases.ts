import {
  featureOf,
  keyOf,
  readClaims,
  taskOf,
  writeClaims,
  type Claim,
  type ClaimBook,
} from './lease-table.ts'
import { revokeDrafts } from './fencing.ts'
import { lives, type Holder } from './holder.ts'
import { isOver, leaseOf, type Moment } from './expiry.ts'
import type { State } from '../state.ts'
import { Overtaken } from '../transaction/sequence.ts'

/** Who works on a task. A claim of a process that is gone, or whose lease has run out, binds nobody. */

/** The claims on a feature's tasks that bind somebody at `now`, by task. */
export function liveClaims(
  { claims }: ClaimBook,
  feature: string,
  now: Moment,
): Map<string, Claim> {
  const own = Object.entries(claims).filter(([key]) => featureOf(key) === feature)
  return new Map(own.filter(([, one]) => binds(one, now)).map(([key, one]) => [taskOf(key), one]))
}

/** Claims on other features' tasks that bind somebody else: by file, the task that names it. */
export function filesHeld(
  { claims }: ClaimBook,
  feature: string,
  by: Holder,
  now: Moment,
): Map<string, string> {
  const others = Object.entries(claims).filter(
    ([key, one]) => featureOf(key) !== feature && one.holder.id !== by.id && binds(one, now),
  )
  return new Map(
    others.flatMap(([key, { files }]) =>
      files.map(file => [file, `${taskOf(key)} of ${featureOf(key)}`] as const),
    ),
  )
}

/** Who had a task before, when that claim binds nobody any more. */
export function formerClaim(
  book: ClaimBook,
  feature: string,
  task: string,
  now: Moment,
): Claim | undefined {
  const found = claimOn(book, feature, task)
  return found && !binds(found, now) ? found : undefined
}

/** What is claimed, by whom and for how long. */
interface Claiming {
  feature: string
  task: string
  files: readonly string[]
  by: Holder
  now: Moment
  leaseMinutes: number
}

/** Takes a task, or extends the lease of one's own; throws `Overtaken` when any claim changed since `book` was read. */
export function takeClaim(state: State, book: ClaimBook, claiming: Claiming): ClaimBook {
  const { feature, task, files, by, now, leaseMinutes } = claiming
  const key = keyOf(feature, task)
  const known = book.claims[key]
  const mine = known?.holder.id === by.id && binds(known, now) ? known : undefined
  const number = book.number + 1
  const { since, token } = mine ?? { since: now.wall.toISOString(), token: number }
  const takenOver = mine ? mine.takenOver : isOthers(known, by)
  const own = {
    holder: by,
    since,
    ...leaseOf(leaseMinutes, now),
    token,
    files: [...files],
    ...(takenOver && { takenOver }),
  }
  const taken = writeClaims(state, number, withoutOld({ ...book.claims, [key]: own }, now))
  HELD.set(heldAs(state, key, by), token)
  // Also for one's own task: an earlier attempt may have come as far as the claim and no further.
  revokeDrafts(state, feature, task, by)
  return taken
}

/** The claim on a task, whether it binds anybody or not. */
export function claimOn({ claims }: ClaimBook, feature: string, task: string): Claim | undefined {
  const found = claims[keyOf(feature, task)]
  return found?.left ? undefined : found
}

/** Gives a task back, if it is one's own. */
export function dropClaim(state: State, feature: string, task: string, by: Holder): ClaimBook {
  const book = readClaims(state)
  const key = keyOf(feature, task)
  const { [key]: mine, ...others } = book.claims
  if (!mine || mine.left || mine.holder.id !== by.id) return book
  const left = { ...mine, left: true as const }
  try {
    return writeClaims(state, book.number + 1, mine.takenOver ? { ...others, [key]: left } : others)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    return dropClaim(state, feature, task, by)
  }
}

/** Has somebody else had this task since this process had it, whether they still have it or not? */
export function takenSince(
  state: State,
  { claims }: ClaimBook,
  feature: string,
  task: string,
  by: Holder,
): Claim | undefined {
  const key = keyOf(feature, task)
  const found = claims[key]
  const token = HELD.get(heldAs(state, key, by))
  const isLater = found && token !== undefined && found.token > token
  return isLater && found.holder.id !== by.id ? found : undefined
}

/** Does a claim bind at this moment? */
function binds(claim: Claim, now: Moment): boolean {
  return !claim.left && !isOver(claim, now) && lives(claim.holder)
}

/** Was the task in somebody else's hands before, or is it known that it was? */
function isOthers(known: Claim | undefined, by: Holder): true | undefined {
  return known && (known.takenOver || known.holder.id !== by.id) ? true : undefined
}

/** The tokens of this process: a result that comes after somebody else's claim is told by them. */
const HELD = new Map<string, number>()

function heldAs(state: State, key: string, by: Holder): string {
  return [state.shared, key, by.id].join('\n')
}

/** What ran out a day ago is of no interest to anybody. */
function withoutOld(claims: ClaimBook['claims'], now: Moment): ClaimBook['claims'] {
  const yesterday = new Date(now.wall.getTime() - 86_400_000).toISOString()
  const kept = Object.entries(claims).filter(([, one]) => one.until > yesterday || binds(one, now))
  return Object.fromEntries(kept)
}

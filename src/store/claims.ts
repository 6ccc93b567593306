import path from 'node:path'
import * as z from 'zod'
import { holder, lives, type Holder } from './holder.ts'
import { parseJson } from './json.ts'
import type { State } from './state.ts'
import {
  forgetRecords,
  Overtaken,
  putRecord,
  readRecord,
  readSequence,
  settleRecord,
} from './transaction/sequence.ts'

/** Who works on a task. A claim of a process that is gone, or whose lease has run out, binds nobody. */

const claim = z.object({
  holder,
  since: z.string(),
  until: z.string(),
  /** Number of the record that gave the task to this holder: a later holder's is higher. */
  token: z.number(),
  /** The files that the task names: nobody else starts a task that names one of them. */
  files: z.array(z.string()),
})
export type Claim = z.infer<typeof claim>

const record = z.object({ format: z.literal(1), claims: z.record(z.string(), claim) })

/** All claims of a clone, whatever the worktree and the feature, as they stood at one moment. */
export interface ClaimBook {
  /** Number of the record; what is decided by it holds only as long as there is no later one. */
  number: number
  /** By feature and task; those that bind nobody any more among them. */
  claims: Record<string, Claim>
}

/** The claims as they stand. */
export function readClaims(state: State): ClaimBook {
  const folder = folderOf(state)
  const { last } = readSequence(folder)
  const text = last > 0 ? readRecord(folder, last) : undefined
  const found = text === undefined ? undefined : record.safeParse(parseJson(text)).data
  // A book that a power cut left unreadable holds nobody: no holder has survived it.
  return { number: last, claims: found?.claims ?? {} }
}

/** The claims on a feature's tasks that bind somebody at `now`, by task. */
export function liveClaims({ claims }: ClaimBook, feature: string, now: Date): Map<string, Claim> {
  const own = Object.entries(claims).filter(([key]) => featureOf(key) === feature)
  return new Map(own.filter(([, one]) => binds(one, now)).map(([key, one]) => [taskOf(key), one]))
}

/** Claims on other features' tasks that bind somebody else: by file, the task that names it. */
export function filesHeld(
  { claims }: ClaimBook,
  feature: string,
  by: Holder,
  now: Date,
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
  now: Date,
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
  now: Date
  leaseMinutes: number
}

/** Takes a task, or extends the lease of one's own; throws `Overtaken` when any claim changed since `book` was read. */
export function takeClaim(state: State, book: ClaimBook, claiming: Claiming): ClaimBook {
  const { feature, task, files, by, now, leaseMinutes } = claiming
  const key = keyOf(feature, task)
  const known = book.claims[key]
  const mine = known?.holder.id === by.id && binds(known, now) ? known : undefined
  const number = book.number + 1
  const until = new Date(now.getTime() + leaseMinutes * 60_000).toISOString()
  const { since, token } = mine ?? { since: now.toISOString(), token: number }
  const claims = { ...book.claims, [key]: { holder: by, since, until, token, files: [...files] } }
  HELD.set(heldAs(state, key, by), token)
  return write(state, number, withoutOld(claims, now))
}

/** The claim on a task, whether it binds anybody or not. */
export function claimOn({ claims }: ClaimBook, feature: string, task: string): Claim | undefined {
  return claims[keyOf(feature, task)]
}

/** Gives a task back, if it is one's own. */
export function dropClaim(state: State, feature: string, task: string, by: Holder): ClaimBook {
  const book = readClaims(state)
  const { [keyOf(feature, task)]: mine, ...others } = book.claims
  if (mine?.holder.id !== by.id) return book
  try {
    return write(state, book.number + 1, others)
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
function binds({ holder, until }: Claim, now: Date): boolean {
  return until > now.toISOString() && lives(holder)
}

/** The tokens of this process: a result that comes after somebody else's claim is told by them. */
const HELD = new Map<string, number>()

function heldAs(state: State, key: string, by: Holder): string {
  return [state.shared, key, by.id].join('\n')
}

function write(state: State, number: number, claims: ClaimBook['claims']): ClaimBook {
  const folder = folderOf(state)
  putRecord(folder, number, `${JSON.stringify({ format: 1, claims })}\n`)
  settleRecord(folder, number)
  forgetRecords(folder)
  return { number, claims }
}

/** What ran out a day ago is of no interest to anybody. */
function withoutOld(claims: ClaimBook['claims'], now: Date): ClaimBook['claims'] {
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString()
  return Object.fromEntries(Object.entries(claims).filter(([, { until }]) => until > yesterday))
}

function folderOf(state: State): string {
  return path.join(state.shared, 'claims')
}

/** A feature's id is a name of a folder or a file; a task's has no line end either. */
function keyOf(feature: string, task: string): string {
  return `${feature}\n${task}`
}

function featureOf(key: string): string {
  return key.split('\n', 1)[0] ?? ''
}

function taskOf(key: string): string {
  return key.slice(key.indexOf('\n') + 1)
}

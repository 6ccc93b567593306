import { formatList } from '../../plan/format-list.ts'
import { gotchaName, type Gotcha } from '../../plan/gotcha.ts'
import { takeTree } from '../../store/tree.ts'
import { confirmEach } from '../approval/confirm.ts'
import type { Call } from '../context/call.ts'
import type { Context } from '../context/context.ts'
import { record } from '../context/record.ts'
import { Refusal } from '../context/refusal.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { at, describe, fixOf, isOpen } from '../validation/gotchas/gate.ts'
import { lineHash, scanGotchas, type GotchaMatch } from '../validation/gotchas/scan.ts'

export interface GotchaWaived {
  feature: string
  person: string
  /** Places such as `server.mjs:12`. */
  waived: string[]
  reason: string
}

export interface GotchaWaiver {
  /** Its topic, or `framework: topic`. */
  gotcha: string
  /** A file, or a place such as `server.mjs:12`; without it, all places are asked about. */
  file?: string | undefined
  reason: string
}

/** A human waives matches of a gotcha, one by one. Each waiver is for one place only. */
export async function waiveGotcha(
  call: Call,
  { gotcha: name, file, reason }: GotchaWaiver,
): Promise<GotchaWaived> {
  const opened = await openContext(call)
  const open = await openMatches(opened)
  const named = open.filter(
    ({ gotcha, match }) =>
      [gotcha.topic, gotchaName(gotcha)].includes(name) &&
      [match.path, at(match)].includes(file ?? match.path),
  )
  if (named.length === 0) throw noMatch(opened, name, open)
  const question = `Waive the gotcha at these places of ${opened.plan.feature.id}, because: ${reason}?`
  const points = named.map(({ gotcha, match }) => describeMatch(gotcha, match))
  const command = 'waive --gotcha … --reason …'
  const { agreed, ...confirmed } = await confirmEach(call, question, points, { command })
  const accepted = named.filter((_, index) => agreed[index])
  const events = accepted.map(({ gotcha, match }) => ({
    kind: 'gotcha-waived' as const,
    gotcha: gotchaName(gotcha),
    file: match.path,
    line: lineHash(match),
    reason,
    ...confirmed,
  }))
  return withTransaction(call, async context => {
    await record(context, ...events)
    const waived = accepted.map(({ match }) => at(match))
    return { feature: context.plan.feature.id, person: confirmed.person, waived, reason }
  })
}

interface OpenMatch {
  gotcha: Gotcha
  match: GotchaMatch
}

async function openMatches(context: Context): Promise<OpenMatch[]> {
  const { inStack } = scanGotchas(context, await takeTree(context.workspace))
  return inStack.flatMap(({ gotcha, matches = [] }) =>
    matches.filter(isOpen).map(match => ({ gotcha, match })),
  )
}

function noMatch({ plan }: Context, name: string, open: readonly OpenMatch[]): Refusal {
  const others = open.map(({ gotcha, match }) => `"${gotchaName(gotcha)}" at ${at(match)}`)
  return new Refusal(
    'not_ready',
    `"${name}" does not match the code of ${plan.feature.id} there, so nothing was waived.`,
    others.length > 0 ? `Open matches: ${formatList(others)}.` : 'No gotcha has an open match.',
  )
}

/** What a human reads before they decide: the place, its line, what happens, and the fix. */
function describeMatch(gotcha: Gotcha, match: GotchaMatch): string {
  return `${at(match)} ${match.text}\n  ${describe(gotcha)} ✅ ${fixOf(gotcha)}\n `
}

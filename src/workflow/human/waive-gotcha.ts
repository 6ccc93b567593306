import { gotchaName, type Gotcha } from '../../plan/gotcha.ts'
import { takeTree } from '../../store/tree.ts'
import type { Call } from '../context/call.ts'
import { confirmEach } from '../approval/confirm.ts'
import { record, type Context } from '../context/context.ts'
import { withTransaction, openContext } from '../context/transaction.ts'
import { Refusal } from '../context/refusal.ts'
import { at, cureOf, isOpen } from '../validation/gotchas/gate.ts'
import { lineHash, scanGotchas, type GotchaMatch } from '../validation/gotchas/scan.ts'

export interface GotchaWaived {
  feature: string
  person: string
  /** Places such as `server.mjs:12`. */
  waived: string[]
  reason: string
}

/** A person takes places where the code falls into a known trap as harmless, each by itself; no other place is. */
export async function waiveGotcha(
  call: Call,
  { gotcha: name, file, reason }: { gotcha: string; file?: string | undefined; reason: string },
): Promise<GotchaWaived> {
  const context = await openContext(call)
  const found = await findings(context)
  const asked = found.filter(
    ({ gotcha, place }) =>
      [gotcha.topic, gotchaName(gotcha)].includes(name) &&
      [place.path, at(place)].includes(file ?? place.path),
  )
  if (asked.length === 0) throw nothingFound(context, name, found)
  const question = `Take these places of ${context.plan.feature.id} as harmless, because: ${reason}?`
  const points = asked.map(({ gotcha, place }) => pointOf(gotcha, place))
  const command = 'waive --gotcha … --reason …'
  const { agreed, ...confirmed } = await confirmEach(call, question, points, command)
  const yes = asked.filter((_, index) => agreed[index])
  const words = yes.map(({ gotcha, place }) => ({
    kind: 'gotcha-waived' as const,
    gotcha: gotchaName(gotcha),
    file: place.path,
    line: lineHash(place),
    reason,
    ...confirmed,
  }))
  return withTransaction(call, context => {
    record(context, ...words)
    const waived = yes.map(({ place }) => at(place))
    return { feature: context.plan.feature.id, person: confirmed.person, waived, reason }
  })
}

interface Found {
  gotcha: Gotcha
  place: GotchaMatch
}

async function findings(context: Context): Promise<Found[]> {
  const { files } = scanGotchas(context, await takeTree(context.workspace))
  return files.flatMap(({ gotcha, places = [] }) =>
    places.filter(isOpen).map(place => ({ gotcha, place })),
  )
}

function nothingFound({ plan }: Context, name: string, found: readonly Found[]): Refusal {
  const others = found.map(({ gotcha, place }) => `"${gotchaName(gotcha)}" at ${at(place)}`)
  return new Refusal(
    'not_ready',
    `The code of ${plan.feature.id} does not fall into "${name}" where you say, so nothing was waived.`,
    others.length > 0 ? `It does into ${others.join(', ')}.` : 'It falls into no known trap.',
  )
}

/** What a person reads before they say yes: the place, its line, what happens there, and the way that works. */
function pointOf(gotcha: Gotcha, place: GotchaMatch): string {
  const happens = gotcha.text.split('\n')[0] ?? ''
  return `${at(place)} ${place.text}\n  ${gotchaName(gotcha)}: ${happens} ✅ ${cureOf(gotcha)}\n `
}

import { hashOf } from '../evidence/chain.ts'
import { channelState } from '../workflow/approval/remote-channels.ts'
import type { Context } from '../workflow/context/context.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { requireTask } from '../workflow/context/named-task.ts'
import type { HumanChannel } from '../workflow/context/call.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { decide } from '../workflow/decide.ts'
import { writeHookState } from '../workflow/hook-state.ts'
import { notifyWitness } from '../workflow/notify-witness.ts'
import { pageCall, type Place } from './page-call.ts'
import type { DecisionResult, PageDecision, Question } from './wire.ts'

/** The question of a decision, as the terminal command asks it. Records nothing. */
export async function questionOf(
  place: Place,
  decision: PageDecision,
  signal: AbortSignal,
): Promise<Question> {
  let question: Question | undefined
  const keep = (text: string, points: readonly string[], included: string) => {
    question = asQuestion(text, points, included)
    throw new Asked()
  }
  try {
    await run(place, decision, signal, {
      channel: 'page',
      confirm: async (text, included) => keep(text, [], included),
      confirmEach: async (text, points, included) => keep(text, points, included),
    })
  } catch (error) {
    if (!(error instanceof Asked)) throw error
  }
  // Without a question there is nothing left to decide.
  return question ?? asQuestion('', [], '')
}

/** A yes to a question that was shown: `agreed` has one answer for each of its points. */
interface Answer {
  hash: string
  agreed: readonly boolean[]
}

/** Records a decision, if its question is still the one that the human saw. */
export async function answerQuestion(
  place: Place,
  decision: PageDecision,
  { hash, agreed }: Answer,
  signal: AbortSignal,
): Promise<DecisionResult> {
  await refuseClosedChannel(place, signal)
  let changed: Question | undefined
  let isAsked = false
  const isSame = (text: string, points: readonly string[], included: string) => {
    const current = asQuestion(text, points, included)
    isAsked = true
    if (current.hash === hash) return
    changed = current
    throw new Asked()
  }
  try {
    const recorded = await run(place, decision, signal, {
      channel: 'page',
      confirm: async (text, included) => {
        isSame(text, [], included)
        return true
      },
      confirmEach: async (text, points, included) => {
        isSame(text, points, included)
        return points.map((_point, at) => agreed[at] === true)
      },
    })
    if (!isAsked) throw decidedAlready()
    await writeHookState(pageCall(place, signal))
    await notifyWitness(pageCall(place, signal), false)
    return { recorded: true, person: personIn(recorded) }
  } catch (error) {
    if (error instanceof Asked && changed) return { changed }
    throw error
  }
}

function decidedAlready(): Refusal {
  return new Refusal(
    'wrong_stage',
    'Somebody has decided this already, so nothing was recorded.',
    'Nothing more is needed.',
  )
}

/** The question is known, and nothing may be recorded. */
class Asked extends Error {}

function run(
  place: Place,
  decision: PageDecision,
  signal: AbortSignal,
  human: HumanChannel,
): Promise<unknown> {
  const call = pageCall(place, signal, human)
  return mapErrors(call, async () => {
    if (decision.step === 'mark-complete') refuseOtherKinds(await loadContext(call), decision.task)
    return decide(call, decision)
  })
}

/** A task of another kind is not a human's decision: the step would run its tests. */
function refuseOtherKinds(context: Context, id: string): void {
  const { kind } = requireTask(context, id)
  if (kind === 'person') return
  throw new Refusal(
    'bad_arguments',
    `${id} is proven by evidence (kind ${kind}), so there is nothing to confirm.`,
    `A human can waive it: \`redgreen waive ${id} --reason …\`.`,
  )
}

function asQuestion(text: string, points: readonly string[], included: string): Question {
  return { hash: hashOf([text, points, included]), text, points: [...points] }
}

async function refuseClosedChannel(place: Place, signal: AbortSignal): Promise<void> {
  const state = channelState(await loadContext(pageCall(place, signal)), 'page')
  if (state === 'open') return
  throw new Refusal(
    'phase_needs_person',
    state === 'unnamed'
      ? 'The settings do not name the page as a channel, so nothing was recorded.'
      : 'The settings were changed to allow the page after the work started, so nothing was recorded.',
    state === 'unnamed'
      ? 'Use the command in a terminal, or add "page" to approval.channels in redgreen.config.json. After the start of the work, that takes effect when a human runs `redgreen approve` in a terminal.'
      : 'That takes effect when a human runs `redgreen approve` in a terminal.',
  )
}

function personIn(recorded: unknown): string {
  const isNamed = typeof recorded === 'object' && recorded !== null && 'person' in recorded
  return isNamed ? String(recorded.person) : ''
}

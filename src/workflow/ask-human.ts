import { setTimeout as pause } from 'node:timers/promises'
import { fileStamps } from '../store/file-stamps.ts'
import { ledgerFolder } from '../store/ledger-folder.ts'
import { servedPage } from '../store/served-page.ts'
import type { HumanChannel, Call } from './context/call.ts'
import { decisionFiles } from './approval/decision-files.ts'
import { clientChannel, decisionPage } from './approval/remote-channels.ts'
import { timestamp, type Context } from './context/context.ts'
import { loadContext } from './context/load-context.ts'
import { HumanNeeded, Refusal, type Decision } from './context/refusal.ts'
import { decide } from './decide.ts'

/**
 * Runs a step. If it is refused because a human has to decide, and the settings allow the client as a channel, asks the
 * human there and runs the step again after a yes. If they allow the live page, and a process serves it, waits for the decision there.
 * Otherwise, and after any other answer, the refusal stands.
 */
export async function askingHuman<T>(call: Call, step: () => Promise<T>): Promise<T> {
  const asked = new Set<string>()
  let deadline: number | undefined
  for (;;) {
    const since = timestamp()
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof HumanNeeded)) throw error
      const question = JSON.stringify(error.decision)
      const context = await loadContext(call)
      const channel = clientChannel(context)
      if (channel) {
        // If a yes did not help, do not ask again.
        if (asked.has(question)) throw error
        asked.add(question)
        if (!(await isDecided(call, channel, error.decision))) throw error
      } else {
        deadline ??= Date.now() + waitingTime(context)
        if (!(await isDecidedElsewhere(context, since, deadline))) throw error
      }
    }
  }
}

/** Asks the same question as the terminal command. True if the human agreed and the decision was recorded. */
async function isDecided(call: Call, human: HumanChannel, decision: Decision): Promise<boolean> {
  try {
    await decide({ ...call, frontend: { ...call.frontend, human } }, decision)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Shorter than the time after which a long step answers with `running`, so that the call answers with the refusal. */
function waitingTime({ settings }: Context): number {
  return settings.limits.answerSeconds * 900
}

/** Short enough that the call continues within a second. */
const INTERVAL_MS = 100

/** The minimum time between two attempts, so that a file that is saved repeatedly does not run the step all the time. */
const BETWEEN_STEPS_MS = 1000

/**
 * Waits until a human has decided something about the feature since the step began, on the page or at a terminal, or until a file
 * changed with which they may have answered: the plan, the settings, the workflow's own approvals. False if nobody does in time.
 */
async function isDecidedElsewhere(
  context: Context,
  since: string,
  deadline: number,
): Promise<boolean> {
  const { call, state, key } = context
  // A human who typed the command is asked in the terminal, so the step does not wait for the page.
  const address = call.frontend.typed === undefined ? decisionPage(context) : undefined
  if (address === undefined) return false
  call.note(`waiting for a human's decision on ${address}`)
  const folder = ledgerFolder(state, key)
  const files = decisionFiles(context)
  const before = fileStamps(files)
  const began = Date.now()
  let stamp = ''
  while (Date.now() < deadline && !call.signal.aborted && servedPage(state) !== undefined) {
    const current = fileStamps([folder])
    if (current !== stamp) {
      stamp = current
      const now = await loadContext(call)
      if (hasDecision(now, since)) return true
      if (decisionPage(now) === undefined) return false
    }
    if (Date.now() - began >= BETWEEN_STEPS_MS && fileStamps(files) !== before) return true
    await pause(INTERVAL_MS, undefined, { signal: call.signal }).catch(() => undefined)
  }
  return false
}

function hasDecision({ ledger }: Context, since: string): boolean {
  return ledger.events.some(event => 'channel' in event && event.channel && event.at >= since)
}

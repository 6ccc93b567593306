import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileStamps } from '../store/file-stamps.ts'
import { CHECK_INTERVAL_MS } from '../store/poll.ts'
import { safeMessage } from '../runner/safe-text.ts'
import type { Call } from '../workflow/context/call.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { featureFiles } from '../workflow/context/feature-files.ts'
import { Refusal } from '../workflow/context/refusal.ts'

/** After this many checks it looks again without a change: another feature may have become active, and leases expire. */
const CHECKS_UNTIL_LOOKUP = 25

/** Clears the screen and moves the cursor to its top. */
const CLEAR = '\u001b[H\u001b[2J'

/**
 * Prints what `show` returns now and after every change of the feature's files, by any process, until the call is cancelled. A terminal is
 * redrawn; otherwise each state is printed once, below the one before.
 */
export async function watchStatus(call: Call, show: () => Promise<string>): Promise<void> {
  let shown: string | undefined
  let earlier: string | undefined
  while (!call.signal.aborted) {
    const files = await filesNow(call)
    const stamp = fileStamps(files)
    const text = safeMessage(await textNow(show))
    // That a holder has been idle for longer is not a change of a file: only a screen shows it.
    if (text !== shown && (process.stdout.isTTY || stamp !== earlier))
      write(text, shown === undefined)
    shown = text
    earlier = stamp
    for (let checks = 0; checks < CHECKS_UNTIL_LOOKUP && !call.signal.aborted; checks += 1) {
      await pause(CHECK_INTERVAL_MS, undefined, { signal: call.signal }).catch(() => undefined)
      if (fileStamps(files) !== stamp) break
    }
  }
}

function write(text: string, isFirst: boolean): void {
  if (process.stdout.isTTY) process.stdout.write(`${CLEAR}${text}\n`)
  else process.stdout.write(`${isFirst ? '' : '\n'}${text}\n`)
}

async function filesNow(call: Call): Promise<string[]> {
  try {
    return featureFiles(await loadContext(call))
  } catch {
    // The plan cannot be read at the moment: the text says why.
    return []
  }
}

/** A plan that cannot be read for a while does not end the command. */
async function textNow(show: () => Promise<string>): Promise<string> {
  try {
    return await show()
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

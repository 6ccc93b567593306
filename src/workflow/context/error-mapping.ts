import { ConflictMarkers } from '../../dialects/conflict-markers.ts'
import { Unreadable, Unsupported } from '../../dialects/dialect.ts'
import { StoreUnreachable } from '../../store/coordinator/coordinator.ts'
import { cancellingGit, GitStalled } from '../../store/git-process.ts'
import { Conflict } from '../../store/replace-file.ts'
import { isOurs } from '../../store/own-paths.ts'
import { FileTooLarge } from '../../store/read-file.ts'
import { Locked } from '../../store/lock.ts'
import { oneLine } from '../../runner/safe-text.ts'
import { BadSettings } from '../../store/settings.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { Overtaken } from '../../store/transaction/sequence.ts'
import { Outside } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { Block, Refusal } from './refusal.ts'

/**
 * Turns the expected errors of lower layers into refusals with a remedy. Other errors are faults and pass through. If the call is
 * cancelled, git ends too.
 */
export async function mapErrors<T>(call: Call, work: () => Promise<T>): Promise<T> {
  try {
    return await cancellingGit(call.signal, work)
  } catch (error) {
    throw refusalFor(error, call) ?? error
  }
}

function refusalFor(error: unknown, { frontend }: Call): Refusal | undefined {
  if (error instanceof Unreadable) {
    const place = `${error.path}, line ${error.line}`
    const code = error instanceof Unsupported ? 'unsupported_file' : 'plan_invalid'
    return new Refusal(code, `${place}: ${error.message}`, 'Nothing was written.')
  }
  if (error instanceof ConflictMarkers) {
    const place = `${error.path}, line ${error.line}`
    const remedy = 'Nothing was written. Resolve the conflict in this file, then repeat the step.'
    return new Refusal('conflict_markers', `${place}: ${error.message}`, remedy)
  }
  if (error instanceof BadSettings) return badSettings(error)
  if (error instanceof Outside) {
    const remedy = isOurs(error.named)
      ? 'Nothing was read or written there. Move it away, or restore it from git, then repeat the step.'
      : 'The file was not touched. Name a file inside the workspace.'
    return new Refusal('path_outside', error.message, remedy)
  }
  if (error instanceof FileTooLarge) {
    const remedy = isOurs(error.file)
      ? 'Nothing was written. Move it away, or restore it from git, then repeat the step.'
      : 'Nothing was written. Move it out of the project or add it to .gitignore, then repeat the step.'
    return new Refusal('unsupported_file', error.message, remedy)
  }
  if (error instanceof GitStalled) {
    const remedy =
      'Nothing was recorded. Run the command in the project folder to see why it takes so long (patterns of .gitignore can be the cause), then repeat the step.'
    return new Refusal('timed_out', error.message, remedy)
  }
  if (error instanceof Conflict) {
    const remedy = `No text was lost. To try again with the saved file, ${frontend.describeStep('mark_complete')}.`
    return new Refusal('conflict', error.message, remedy)
  }
  if (isUnwritable(error)) {
    return new Refusal(
      'conflict',
      `${error.path ?? 'A file'} cannot be written (${error.code}).`,
      'Earlier records are kept. Make the file writable or free some space, then call the tool again.',
    )
  }
  if (error instanceof StoreUnreachable) return unreachableRefusal(error)
  if (error instanceof Overtaken) {
    const remedy = 'Nothing was written. Call the tool again.'
    return new Refusal(
      'locked',
      'Other clones recorded something first, many times in a row.',
      remedy,
    )
  }
  if (error instanceof Locked) {
    return new Refusal('locked', error.message, 'Nothing was written. Call the tool again.')
  }
  return undefined
}

function unreachableRefusal({ message, isUncertain }: StoreUnreachable): Refusal {
  return new Refusal(
    'store_unreachable',
    `The shared store cannot be used: ${message}.`,
    isUncertain
      ? 'Its answer to this step was lost, so it is not known yet whether the step was recorded. Repeat the step: nothing is recorded twice.'
      : 'Nothing was recorded, because nothing is decided without the store. Your files stay as they are. Repeat the step when the store can be reached.',
    'If that does not help, ask a human to run `redgreen doctor`.',
  )
}

const UNWRITABLE = new Set(
  'EACCES EPERM EROFS ENOSPC EDQUOT EFBIG ENOTSUP EOPNOTSUPP ENOSYS'.split(' '),
)

/** The disk is full or read-only, or permissions are missing. That is not a fault of the server. */
function isUnwritable(error: unknown): error is Error & { code: string; path?: string } {
  if (!(error instanceof Error && 'code' in error)) return false
  return typeof error.code === 'string' && UNWRITABLE.has(error.code)
}

function badSettings({ issues, message }: BadSettings): Refusal {
  const remedy = 'Nothing was done. Ask a human to correct the file.'
  if (issues.length === 1)
    return new Refusal('plan_invalid', `${SETTINGS_FILE} is not valid: ${message}`, remedy)
  const list = new Block(issues.map(issue => `\n✖ ${oneLine(issue)}`).join(''))
  return new Refusal('plan_invalid', `${SETTINGS_FILE} is not valid.`, remedy, list)
}

import { Unreadable, Unsupported } from '../../dialects/dialect.ts'
import { Conflict } from '../../store/replace-file.ts'
import { Locked } from '../../store/lock.ts'
import { BadSettings, SETTINGS_FILE } from '../../store/settings.ts'
import { Outside } from '../../store/workspace.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** What the rooms below report becomes a refusal with a remedy; a fault goes up as it is. */
export async function mapErrors<T>(call: Call, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
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
  if (error instanceof BadSettings) {
    const fact = `${SETTINGS_FILE} cannot be used: ${error.message}`
    return new Refusal('plan_invalid', fact, 'Nothing was done. A person has to mend the file.')
  }
  if (error instanceof Outside) {
    const remedy = 'It was not touched. Name a file inside the workspace.'
    return new Refusal('path_outside', error.message, remedy)
  }
  if (error instanceof Conflict) {
    const remedy = `Nothing was lost. To try again with what is there now, ${frontend.describeStep('mark_complete')}.`
    return new Refusal('conflict', error.message, remedy)
  }
  if (isUnwritable(error)) {
    const fact = `${error.path ?? 'A file'} cannot be written (${error.code}).`
    const remedy =
      'What was recorded before stays; what is missing is written by the next call once it can be.'
    return new Refusal('conflict', fact, remedy)
  }
  if (error instanceof Locked) {
    return new Refusal('locked', error.message, 'Nothing was written. Call the same step again.')
  }
  return undefined
}

const UNWRITABLE = new Set(
  'EACCES EPERM EROFS ENOSPC EDQUOT EFBIG ENOTSUP EOPNOTSUPP ENOSYS'.split(' '),
)

/** The disk, or the rights on it, say no: that is for a person to mend, and nothing of ours is broken. */
function isUnwritable(error: unknown): error is Error & { code: string; path?: string } {
  if (!(error instanceof Error && 'code' in error)) return false
  return typeof error.code === 'string' && UNWRITABLE.has(error.code)
}

import { takeTree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { changedProofFiles } from '../checkout/superseded-tests.ts'
import { changedPending, currentHash } from '../guards/pending-files.ts'
import { changedSinceStart, currentJudges } from '../testing/judges.ts'

/** Files that judge the work, as a human sees them when they approve. */
export interface JudgingFiles {
  /** Hash by configuration key or path. */
  files: Record<string, string>
  /** Those that changed, for the question to the human; empty if none did. */
  lines: string
}

/** What an approval confirms besides plan and settings: changed configuration, and changed tests of finished tasks. */
export async function judgingFiles(context: Context): Promise<JudgingFiles> {
  const tree = await takeTree(context.workspace)
  const judges = currentJudges(context, tree)
  const keys = changedSinceStart(context, judges)
  const tests = [...changedPending(context), ...(await changedProofFiles(context, tree))]
  const changed = [
    ...keys.map(key => `${key} (decides whether work is accepted)`),
    ...tests.map(({ file, task }) => `${file} (decides whether ${task} is proven)`),
  ]
  return {
    files: {
      ...judges,
      ...Object.fromEntries(keys.map(key => [key, judges[key] ?? 'absent'])),
      ...Object.fromEntries(tests.map(({ file }) => [file, currentHash(context, file)])),
    },
    lines:
      changed.length === 0
        ? ''
        : ['\nChanged since the feature started:', ...changed.map(line => `  - ${line}`)].join(
            '\n',
          ),
  }
}

import { olderTestOf } from '../../evidence/check-configuration.ts'
import { takeTree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { changedProofFiles } from '../checkout/finished-proofs.ts'
import { testsOfRefactorings } from '../checkout/earlier-expectations.ts'
import { changedPending, currentHash } from '../guards/pending-files.ts'
import { changedSinceStart, currentCheckConfiguration } from '../testing/check-configuration.ts'
import { joinAsLines } from '../../runner/safe-text.ts'

/** Configuration and tests that decide whether work is accepted, as a human sees them when they approve. */
export interface FilesToApprove {
  /** Hash by configuration key or path. */
  files: Record<string, string>
  /** Those that changed, for the question to the human; empty if none did. */
  lines: string
}

/** What an approval confirms besides plan and settings: changed configuration, and changed tests of finished tasks. */
export async function filesToApprove(context: Context): Promise<FilesToApprove> {
  const tree = await takeTree(context.workspace)
  const configuration = await currentCheckConfiguration(context, tree)
  const keys = changedSinceStart(context, configuration)
  const tests = [
    ...changedPending(context),
    ...(await changedProofFiles(context, tree)),
    ...(await testsOfRefactorings(context)),
  ]
  const failed = failedFiles(context)
  const changed = [
    ...keys.map(key => `${olderTestOf(key) ?? key} (decides whether work is accepted)`),
    ...failed
      .filter(file => !context.reader.exists(file))
      .map(file => `${file} (deleted; its tests failed in a suite)`),
    ...tests.map(({ file, task }) => `${file} (decides whether ${task} is proven)`),
  ]
  return {
    files: {
      ...configuration,
      ...Object.fromEntries(keys.map(key => [key, configuration[key] ?? 'absent'])),
      ...Object.fromEntries(failed.map(file => [file, currentHash(context, file)])),
      ...Object.fromEntries(tests.map(({ file }) => [file, currentHash(context, file)])),
    },
    lines:
      changed.length === 0
        ? ''
        : joinAsLines([
            '',
            'Changed since the feature started:',
            ...changed.map(line => `  - ${line}`),
          ]),
  }
}

/** Files of tests that failed in a suite: a human may decide that they are no longer wanted. */
function failedFiles({ ledger: { events } }: Context): string[] {
  const ids = events.flatMap(event => (event.kind === 'suite' ? event.failing : []))
  return [...new Set(ids.flatMap(id => (id.includes(' > ') ? (id.split(' > ')[0] ?? []) : [])))]
}

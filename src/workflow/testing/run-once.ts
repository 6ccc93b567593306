import path from 'node:path'
import type { Outcome } from '../../evidence/outcome.ts'
import { runQueue } from '../../runner/run-queue.ts'
import { runTests } from '../../runner/tests.ts'
import { noteFinishedTests } from '../../store/run-notes.ts'
import type { Context } from '../context/context.ts'
import { ownSourcesIn } from './own-sources.ts'
import { refuseStopped, runOptions } from './project-command.ts'
import type { TestRunner } from './package-runner.ts'

export interface Selection {
  files: readonly string[]
  /** Source files; the tests that load one of them run. */
  related?: readonly string[]
  names: readonly string[]
  /** Id of the run; without it, no log is written. */
  id?: string
  /** A shorter limit than that of the settings. Then no progress of the tests is reported. */
  timeoutMs?: number
  /** A runner that was started before may run the tests. Only in the workspace. */
  warm?: boolean
  /** Called when the run starts, with the milliseconds for which it waited for other runs. */
  onStart?: (waitedMs: number) => void
}

export async function runOnce(
  context: Context,
  testRunner: TestRunner,
  root: string,
  { files, related, names, id, warm = false, timeoutMs, onStart }: Selection,
): Promise<Outcome> {
  const { workspace, call, state } = context
  const cwd = path.join(root, path.relative(workspace.root, testRunner.package.folder))
  const ownSources = await ownSourcesIn(context, testRunner, { root, cwd })
  const turn = { by: call.holder.id, signal: call.signal, onWait: call.noteWait }
  const asked = performance.now()
  const outcome = await runQueue.run(turn, countTests => {
    onStart?.(performance.now() - asked)
    const onTests = (count: number) => {
      countTests(count)
      call.noteTests?.(count)
      if (id !== undefined) noteFinishedTests(state, id, count)
    }
    return runTests({
      framework: testRunner.framework,
      cwd,
      root,
      files: files.map(file => path.join(root, file)),
      ...(related && { related: related.map(file => path.join(root, file)) }),
      names: [...names],
      ownSources,
      warm: warm && context.settings.commands.warm,
      ...runOptions(context, id),
      ...(timeoutMs === undefined ? { onTests } : { timeoutMs }),
    })
  })
  call.signal.throwIfAborted()
  refuseStopped(context, id)
  return outcome
}

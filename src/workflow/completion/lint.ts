import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'
import { runCommand } from '../testing/project-command.ts'
import { toolchainOf } from '../testing/toolchain.ts'
import { outputBlock } from '../testing/verdict-refusal.ts'
import { recordRefusal } from './loosened-judges.ts'

/** Runs the project's linter, if it has one, and refuses to go on if it fails. */
export async function passLint(context: Context, task: Task): Promise<RunRecord | undefined> {
  const { lint } = toolchainOf(context)
  if (!lint) return undefined
  const { passed, ending, output, run } = await runCommand(context, 'lint', lint.argv)
  if (passed) return run
  await recordRefusal(context, task, 'lint', lint.argv)
  throw new Refusal(
    'lint_fails',
    `The linter (${lint.argv.join(' ')}, from ${lint.evidence}) failed: ${ending}.`,
    `${task.id} was not marked. Fix what it found, then ${context.call.frontend.describeStep('mark_complete', { task: task.id })} again.`,
    outputBlock(output),
  )
}

import { randomBytes } from 'node:crypto'
import type { RunRecord } from '../../evidence/event-parts.ts'
import type { Task } from '../../plan/plan.ts'
import type { Context } from '../context/context.ts'
import { checkRunRecord, runNamed } from '../testing/named-command.ts'
import { codeBlock } from '../testing/verdict-refusal.ts'
import { Refusal } from '../context/refusal.ts'
import { toolchainOf } from '../testing/toolchain.ts'

/** The linter, where the project has one, has nothing to say; its run is the proof. */
export async function passLint(context: Context, task: Task): Promise<RunRecord | undefined> {
  const { lint } = toolchainOf(context)
  if (!lint) return undefined
  const id = randomBytes(6).toString('hex')
  const end = await runNamed(context, lint.argv, id)
  if (end.end === 'exited' && end.exitCode === 0) return checkRunRecord(id, 'lint', lint.argv, end)
  const how = end.end === 'exited' ? `ended with exit code ${end.exitCode}` : `was ${end.end}`
  throw new Refusal(
    'lint_fails',
    `The linter (${lint.argv.join(' ')}, from ${lint.evidence}) ${how}.`,
    `${task.id} was not marked. Mend what it found, then ${context.call.frontend.describeStep('mark_complete', { task: task.id })} again.`,
    codeBlock(end.reason ?? end.output),
  )
}

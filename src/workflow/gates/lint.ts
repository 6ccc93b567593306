import { randomBytes } from 'node:crypto'
import type { Task } from '../../plan/plan.ts'
import type { Desk } from '../desk.ts'
import { runNamed } from '../record-check.ts'
import { fenced } from '../refuse-verdict.ts'
import { Refusal } from '../refusal.ts'
import { toolchainOf } from '../toolchain.ts'

/** The linter, where the project has one, has nothing to say. */
export async function passLint(desk: Desk, task: Task): Promise<void> {
  const { lint } = toolchainOf(desk)
  if (!lint) return
  const end = await runNamed(desk, lint.argv, randomBytes(6).toString('hex'))
  if (end.end === 'exited' && end.exitCode === 0) return
  const how = end.end === 'exited' ? `ended with exit code ${end.exitCode}` : `was ${end.end}`
  throw new Refusal(
    'lint_fails',
    `The linter (${lint.argv.join(' ')}, from ${lint.evidence}) ${how}.`,
    `${task.id} was not marked. Mend what it found, then ${desk.call.surface.tell('mark_complete', { task: task.id })} again.`,
    fenced(end.reason ?? end.output),
  )
}

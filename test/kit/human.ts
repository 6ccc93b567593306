import type { Call } from '../../src/workflow/context/call.ts'
import { approve } from '../../src/workflow/human/approve.ts'
import { callAt } from './call.ts'

/** A human at a terminal who says yes, and the questions that they were asked. `whileAsked` happens before each yes. */
export function humanAt(
  root: string,
  whileAsked: () => Promise<void> | void = () => undefined,
): { call: Call; questions: string[] } {
  const questions: string[] = []
  const human = {
    channel: 'terminal' as const,
    async confirm(question: string) {
      questions.push(question)
      await whileAsked()
      return true
    },
    confirmEach: () => Promise.resolve([]),
  }
  const call = callAt(root)
  return { call: { ...call, frontend: { ...call.frontend, human } }, questions }
}

/** A human approves the plan and the settings. Returns what they were asked. */
export async function humanApproves({ root }: { root: string }): Promise<string> {
  const { call, questions } = humanAt(root)
  await approve(call)
  return questions.at(-1) ?? ''
}

import type { Node } from 'jsonc-parser'
import type { Problem } from '../../plan/plan.ts'
import type { PlanFile } from './plan-file.ts'
import { isBlockedState, isKnownState } from './state-words.ts'
import { stateMarkers, wordIn } from './states.ts'
import { isValidWord } from './used-words.ts'

/** What is wrong with the state of a task: it is blocked, its status is unknown, or its two states contradict each other. */
export function stateProblems(file: PlanFile, entry: Node, id: string): Problem[] {
  const markers = stateMarkers(file, entry)
  const [first, second] = markers
  const problems = markers.flatMap(({ path, line, text }): Problem[] => {
    if (!text.startsWith('"')) return []
    const word = wordIn(text)
    if (isBlockedState(word) && first?.state !== 'done') {
      const fact = `${id} is blocked. Set its status to pending when the cause is gone.`
      return [{ path, line, text: fact, blocks: [id] }]
    }
    if (isKnownState(word) || isValidWord(file, word)) return []
    const fact = `${id} has the status ${text}, which has no known meaning, so the task counts as open.`
    return [{ path, line, text: fact, isUnread: true }]
  })
  const isDone = first?.state === 'done'
  if (first === undefined || second === undefined || isDone === (second.state === 'done'))
    return problems
  const text = `${id} is ${first.text} in line ${first.line} and ${second.text} here; the first one counts.`
  return [...problems, { path: second.path, line: second.line, text }]
}

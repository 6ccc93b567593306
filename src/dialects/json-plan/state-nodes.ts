import type { Node } from 'jsonc-parser'
import { stringOf, valueOf } from '../json-document.ts'
import { parseState } from './state-words.ts'

/** The values of a task that hold its state, the one that counts first: a flag such as `passes`, and a status in words. */
export function stateNodes(entry: Node): Node[] {
  const flags = FLAGS.map(key => valueOf(entry, key)).filter(node => node?.type === 'boolean')
  const flag = [valueOf(entry, 'passes'), ...flags].find(node => node !== undefined)
  const status = valueOf(entry, 'status')
  // A flag cannot say that the author has dropped the task.
  const isDropped = parseState(stringOf(status) ?? '') === 'other'
  return (isDropped ? [status, flag] : [flag, status]).flatMap(node => node ?? [])
}

/** Besides `passes`, these are states only if they are booleans: `completed` may be a date, and `done` a list of criteria. */
const FLAGS = [
  'passed',
  'done',
  'completed',
  'complete',
  'implemented',
  'finished',
  'isDone',
  'is_done',
]

import type { Node } from 'jsonc-parser'
import type { Edit } from '../../plan/edit.ts'
import type { Marker, MarkState, Task } from '../../plan/plan.ts'
import { endOf, stringOf } from '../json-document.ts'
import { parsedJson } from '../parsed-json.ts'
import type { PlanFile } from './plan-file.ts'
import { stateNodes } from './state-nodes.ts'
import { parseState } from './state-words.ts'
import { wordFor } from './used-words.ts'

/** The markers that hold the state of a task; empty if it has none. */
export function stateMarkers({ source, path, lineAt }: PlanFile, entry: Node): Marker[] {
  return stateNodes(entry).map(value => {
    const [start, end] = [value.offset, endOf(value)]
    const text = source.slice(start, end)
    return { path, line: lineAt(start), text, state: stateOf(value), start, end }
  })
}

/** Whether the server may change the marker: it writes booleans, and the words of a status, but no other values. */
export function isWritable({ text, state }: Marker): boolean {
  if (!text.startsWith('"')) return text === 'true' || text === 'false'
  // The text "false" is a flag that somebody wrote in quotation marks.
  return state !== 'other' && !/^"\s*(true|false|yes|no)?\s*"$/i.test(text)
}

/** The edits that set every marker of the task to this state, with the words of the file. */
export function stateEdits(file: PlanFile, task: Task, to: Exclude<MarkState, 'other'>): Edit[] {
  return task.markers
    .filter(marker => isWritable(marker) && marker.state !== to)
    .flatMap(({ path, line, start, end, text: from }) => {
      const word = from.startsWith('"') ? wordFor(file, to, wordIn(from)) : String(to === 'done')
      const text = word === undefined || !from.startsWith('"') ? word : JSON.stringify(word)
      return text === undefined || text === from ? [] : [{ path, line, start, end, from, to: text }]
    })
}

/** The word of a marker, without quotation marks. */
export function wordIn(text: string): string {
  const value = parsedJson(text)
  return typeof value === 'string' ? value : text
}

function stateOf(node: Node): MarkState {
  const word = stringOf(node)
  if (word !== undefined) return parseState(word)
  const value: unknown = node.value
  return value === true || value === 1 ? 'done' : 'open'
}

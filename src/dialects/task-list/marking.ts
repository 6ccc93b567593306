import type { Edit } from '../../plan/edit.ts'
import type { Marker, MarkState, Plan, Task } from '../../plan/plan.ts'
import { remembered } from '../../plan/remembered.ts'
import { isCut } from '../markdown.ts'
import { doneMark, markStateOf, openMark } from '../marks.ts'
import type { ListEntry } from './list-entries.ts'
import { shownState, type Signs } from './dropped.ts'

/** The markers of each entry: its box, else the tick that the file uses for finished tasks. `signs`: what a box means in the dialect. */
export function entryMarkers(
  entries: readonly ListEntry[],
  path: string,
  signs?: Signs,
): Marker[][] {
  const ticks = entries.map(entry => (entry.box === undefined ? tickOf(entry) : undefined))
  const style = ticks.find(tick => tick !== undefined)
  return entries.map((entry, at) => {
    const { box } = entry
    if (box !== undefined) {
      return [marker(entry, path, box.at, box.text, shownState(box, signs))]
    }
    const tick = ticks[at]
    if (tick !== undefined) return [marker(entry, path, tick.at, tick.text, 'done')]
    return style === undefined ? [] : [marker(entry, path, tickOffset(entry, style), '', 'open')]
  })
}

/**
 * The state that the box of a list item shows. `undefined` for other marks: those without a box depend on those of other tasks, and a
 * heading with its box may be the name of a phase.
 */
export function boxState(
  text: string,
  { before, after }: { before: string; after: string },
): MarkState | undefined {
  const state = PLAIN_BOX.test(text) && BULLET.test(before) ? markStateOf(text) : undefined
  return state && shownState({ text, state, rest: after.trim() })
}

const BULLET = /^\s*(?:[-*+]|\d{1,9}[.)])\s+$/
const PLAIN_BOX = /^\[[ xX~/>!B-]\]$/

/** The edits that mark `task` done in the file's own style. */
export function markDoneEdits(plan: Plan, task: Task, usual?: '[x]' | '[X]'): Edit[] {
  return edits(task, 'done', marker =>
    isTick(marker)
      ? (markerTexts(plan).find(text => TICK_TEXT.test(text)) ?? ' ✅')
      : doneMark(markerTexts(plan), marker.text, usual),
  )
}

const markerTexts = remembered(({ tasks }: Plan) => {
  const texts: string[] = []
  for (const { markers } of tasks) for (const { text } of markers) texts.push(text)
  return texts
})

/** The edits that mark `task` open again. */
export function markOpenEdits(task: Task): Edit[] {
  return edits(task, 'open', marker => (isTick(marker) ? '' : openMark(marker.text)))
}

function edits(task: Task, wanted: MarkState, mark: (marker: Marker) => string): Edit[] {
  return task.markers
    .filter(({ state }) => state !== wanted)
    .map(marker => {
      const { path, line, start, end, text } = marker
      return { path, line, start, end, from: text, to: mark(marker) }
    })
    .filter(({ from, to }) => from !== to)
}

/** A tick without a box: present if the task is done, absent if it is open. */
function isTick({ text }: Marker): boolean {
  return text === '' || TICK_TEXT.test(text)
}

interface Tick {
  at: number
  /** Including the space beside it, so that removing it leaves no trace. */
  text: string
}

function tickOf({ row }: ListEntry): Tick | undefined {
  const match = TICK_LEADING.exec(row.text.slice(row.content)) ?? undefined
  if (match !== undefined) return { at: row.content, text: match[0] }
  const inside = TICK_INSIDE.exec(row.text)
  return inside === null ? undefined : { at: inside.index, text: inside[0] }
}

function tickOffset({ row }: ListEntry, style: Tick): number {
  if (!style.text.startsWith(' ')) return row.content
  return isCut(row) ? row.end - row.start : row.text.replace(/(\s+#+)?\s*$/, '').length
}

function marker(
  entry: ListEntry,
  path: string,
  at: number,
  text: string,
  state: MarkState,
): Marker {
  const start = entry.row.start + at
  return { path, line: entry.row.line, text, state, start, end: start + text.length }
}

const TICK_TEXT = /^ (✅|☑|✔️?)$|^(✅|☑|✔️?) +$/u
const TICK_LEADING = /^(✅|☑|✔️?) +/u
const TICK_INSIDE = / (✅|☑|✔️?)(?=\s|$)/u

import type { Row } from '../markdown.ts'
import type { Heading } from '../task-list/heading.ts'
import { listEntries, outermostBoxes, type ListEntry } from '../task-list/list-entries.ts'
import { isAcceptanceHeading } from '../task-list/sections.ts'

/** A task of the file, with its number as id. */
export interface TraeEntry extends ListEntry {
  id: string
}

/** The outermost boxes, such as `- [ ] Task 1: …`. The boxes inside them, such as `SubTask 1.1`, are its parts. */
export function traeEntries(rows: readonly Row[]): TraeEntry[] {
  const lines = listEntries(rows)
  const outermost = outermostBoxes(lines)
  const boxes = lines.filter(({ basis, index }) => basis === 'checkbox' && outermost.has(index))
  return withIds(boxes.filter(({ above, rest }) => !above.some(one => isInOtherSection(one, rest))))
}

/** Does the heading begin a section in which this box is not a task? To install dependencies is one. */
function isInOtherSection(heading: Heading, rest: string): boolean {
  return isAcceptanceHeading(heading) || (isDependencyHeading(heading.text) && STATEMENT.test(rest))
}

/** Does the heading begin the section with the dependencies? Those with other words have tasks, such as "Phase 2: Dependency injection". */
export function isDependencyHeading(text: string): boolean {
  return HEADING.test(text.replace(/^[^\p{L}]{1,12}/u, '').trimEnd())
}

const HEADING =
  /^(?:(?:tasks?|phase|story|user story|group)[\s-](?:level )?)?(?:inter-?)?dependenc(?:y|ies)(?: (?:graph|order|map|chart|diagram|list|matrix|tree|notes|summary|(?:between|of|among) (?:the )?tasks))*(?: (?:&|and) (?:execution )?order)?(?: \([^()]*\))?:?$|^(?:任务|任務|阶段|階段|タスク)?(?:之间|间|間)?[的の]?(?:依赖|依賴|依存)(?:关系|關係|関係)?(?:图|圖|図|说明|說明|[与與と](?:执行|執行|実行)(?:顺序|順序))?[:：]?$/iu

const STATEMENT = /depend|requires?\b|block|\b(?:before|after)\b|->|→|依赖|依賴|依存/i

/** A task without a number gets the next one that no other task has. */
function withIds(entries: readonly ListEntry[]): TraeEntry[] {
  const numbers = entries.map(({ rest }) => NUMBER.exec(rest) ?? undefined)
  const taken = new Set(numbers.map(match => match?.[1] ?? match?.[2]))
  let last = 0
  return entries.map((entry, at) => {
    const match = numbers[at]
    const own = match?.[1] ?? match?.[2]
    if (match !== undefined && own !== undefined) {
      last = Math.max(last, Number.parseInt(own, 10))
      return { ...entry, id: own, rest: entry.rest.slice(match[0].length) }
    }
    do last += 1
    while (taken.has(String(last)))
    return { ...entry, id: String(last) }
  })
}

/** `Task 1:`, `任务 1：` or `1.`; a number alone, as in `3 buttons`, is not an id. */
const NUMBER =
  /^(?:\*\*)?(?:(?:Task|任务|任務|タスク)\s*#?(\d{1,3}(?:\.\d{1,3})*)(?![\w.]*\d)\s*(?:\*\*)?[:：.、—–-]*|(\d{1,3}(?:\.\d{1,3})*)[.、:：)])(?:\*\*)?(?=\s|\*|$|\p{sc=Han})[\s:：—–-]*/iu

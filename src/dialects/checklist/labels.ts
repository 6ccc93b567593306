import { leadingNumber } from '../numbered-list/number.ts'
import { leadingId } from '../task-list/ids.ts'
import { stripMarkup } from '../task-list/task-text.ts'

/** The number or id that an author writes before a task, and the text after it. */
export interface Label {
  label?: string
  rest: string
}

/** The label of a box: `1.`, `2.3` or `T004`. */
export function labelIn(text: string): Label {
  const number = leadingNumber(text)
  if (number !== undefined && number.rest !== '') return { label: number.id, rest: number.rest }
  const letter = leadingId(text, 'letter')
  return letter === undefined || letter.rest === ''
    ? { rest: text }
    : { label: letter.id, rest: letter.rest }
}

/** The label of a heading that is a task, such as `Task 3: …` or `T003: …`; `undefined` if it is none. */
export function taskHeading(heading: string): Required<Label> | undefined {
  const text = heading.replace(TICK, '').replace(SIGN, '')
  const { label, rest = '' } = HEADING.exec(text)?.groups ?? {}
  if (label !== undefined) return { label, rest: rest === '' ? text : rest }
  const letter = leadingId(text, 'letter')
  return letter && { label: letter.id, rest: letter.rest === '' ? text : letter.rest }
}

/** The id of a task: its label, and some words of its title, by which people and models recognise it. */
export function idOf(label: string, title: string): string {
  const words =
    stripMarkup(title)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  const slug = words.slice(0, MAX_WORDS).join('-').slice(0, MAX_SLUG_LENGTH).replace(/-$/, '')
  return slug === '' ? label : `${label}-${slug}`
}

const HEADING =
  /^[*_~\s]*(?:task|aufgabe|tâche|tarea|tarefa|задача|任务|任務|タスク|작업)\s*#?(?<label>\d{1,4}(?:[.-]\d{1,4}){0,3}[a-z]?|(?<=\s)[a-z](?=[*_]*\s*[:：—–]|[*_]*\s+-\s))(?=$|[\s*_:：.)—–-])[*_]*\s*[:：.)—–-]*[*_]*\s*(?<rest>.*)$/iu
/** A picture before the name of a task, such as ✅ or 🚧. */
const SIGN = /^[*_\s]*(?:\p{Extended_Pictographic}\ufe0f?\s*)+/u
/** Marks a finished task and is not part of its title. */
const TICK = /\s+(?:✅|☑|✔️?)\s*$/u
const MAX_WORDS = 5
const MAX_SLUG_LENGTH = 40

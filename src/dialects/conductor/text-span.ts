import type { Edit } from '../../plan/edit.ts'

/** A few characters of a file that say one thing, such as a status or a date. */
export interface TextSpan {
  path: string
  /** 1-based. */
  line: number
  /** UTF-16 offsets in the decoded file. */
  start: number
  end: number
  text: string
}

/** The edit that makes a place say something else; none when it says so already. */
export function replaceSpan(place: TextSpan | undefined, to: string): Edit[] {
  if (place === undefined || place.text === to) return []
  const { path, line, start, end, text } = place
  return [{ path, line, start, end, from: text, to }]
}

/** The part of a place from `at` on, `length` characters long. */
export function subspan(place: TextSpan, at: number, length: number): TextSpan {
  const start = place.start + at
  return { ...place, start, end: start + length, text: place.text.slice(at, at + length) }
}

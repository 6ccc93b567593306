import type { Edit } from '../../plan/edit.ts'

/** A piece of text in a file, such as a status or a date. */
export interface TextSpan {
  path: string
  /** 1-based. */
  line: number
  /** UTF-16 offsets in the decoded file. */
  start: number
  end: number
  text: string
}

/** The edit that replaces the text of a span; empty if it already has that text. */
export function replaceSpan(span: TextSpan | undefined, to: string): Edit[] {
  if (span === undefined || span.text === to) return []
  const { path, line, start, end, text } = span
  return [{ path, line, start, end, from: text, to }]
}

/** The part of a span from index `at`, `length` characters long. */
export function subspan(span: TextSpan, at: number, length: number): TextSpan {
  const start = span.start + at
  return { ...span, start, end: start + length, text: span.text.slice(at, at + length) }
}

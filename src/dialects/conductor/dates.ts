import type { Timestamp } from '../dialect.ts'

/** Formats a timestamp with the same precision as the earlier date. */
export function formatDateLike(before: string, at: Timestamp): string {
  const time = /T\d{2}:\d{2}(:\d{2})?(\.\d+)?/.exec(before)
  if (time === null) return /\d[ ]\d{2}:\d{2}/.test(before) ? minutes(at) : at.slice(0, 10)
  const [whole = at] = /^.{19}/.exec(at) ?? []
  return time[2] === undefined ? `${whole}Z` : `${whole}${milliseconds(at)}Z`
}

/** Whether `a` is later than `b`; `undefined` if neither is a date, or if both are on the same day without different times. */
export function isLaterDate(a: string, b: string): boolean | undefined {
  const [left, right] = [DATE.exec(a), DATE.exec(b)]
  if (left === null || right === null) return left === right ? undefined : left !== null
  const [, day = '', time] = left
  const [, otherDay = '', otherTime] = right
  if (day !== otherDay) return day > otherDay
  if (time === undefined || otherTime === undefined || time === otherTime) return undefined
  return time > otherTime
}

function minutes(at: Timestamp): string {
  return at.slice(0, 16).replace('T', ' ')
}

function milliseconds(at: Timestamp): string {
  return /\.\d+/.exec(at)?.[0].slice(0, 4) ?? '.000'
}

const DATE = /(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?/

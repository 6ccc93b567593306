/** The status of a component, a track or a phase, whatever words a file uses for it. */
export type Status =
  | 'planning'
  | 'in progress'
  | 'completed'
  | 'blocked'
  | 'cancelled'
  | 'reverted'
  | 'unknown'

export interface StatusText {
  status: Status
  /** The words for the status, and their index in the text. */
  text: string
  at: number
}

/** The first status in a text; `unknown` with the whole text if there is none. */
export function parseStatusText(text: string): StatusText {
  const found = STATUS_PATTERNS.flatMap(({ status, pattern }) => {
    const match = pattern.exec(text)
    return match === null ? [] : [{ status, text: match[0], at: match.index }]
  })
  const [first] = found.toSorted((a, b) => a.at - b.at)
  return first ?? { status: 'unknown', text, at: 0 }
}

/** The text for a status in the style of an earlier text: `In Progress`, `in_progress`, `in-progress`, `IN PROGRESS`. */
export function statusTextLike(before: string, status: WritableStatus): string {
  const label = STATUS_LABELS[status]
  if (/\p{Lu}{2}/u.test(before)) return label.toUpperCase()
  if (before === '' || /\p{Lu}/u.test(before)) return label
  return label.toLowerCase().replace(' ', before.includes('-') ? '-' : '_')
}

/** The statuses that the server writes. */
export type WritableStatus = 'in progress' | 'completed'

export const STATUS_LABELS: Record<WritableStatus, string> = {
  'in progress': 'In Progress',
  completed: 'Completed',
}

const STATUS_PATTERNS: readonly { status: Status; pattern: RegExp }[] = [
  { status: 'planning', pattern: /\b(planning|planned|new|pending|not[ _-]started|todo)\b/i },
  { status: 'in progress', pattern: /\b(in[ _-]?progress|active|started|ongoing)\b/i },
  { status: 'completed', pattern: /\b(completed?|done|finished)\b/i },
  { status: 'blocked', pattern: /\b(blocked|paused|on[ _-]hold)\b/i },
  { status: 'cancelled', pattern: /\b(cancell?ed|abandoned)\b/i },
  { status: 'reverted', pattern: /\breverted\b/i },
]

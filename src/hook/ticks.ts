/** Does an edit mark one of these lines as done? `before` and `after` are the whole file, or the part that is replaced. */
export function marksDone(before: string, after: string, lines: readonly string[]): boolean {
  const keys = new Set(lines.map(withoutMark))
  const [old, now] = [countMarks(before, keys), countMarks(after, keys)]
  return [...now].some(([key, { done, open }]) => {
    const earlier = old.get(key) ?? { done: 0, open: 0 }
    return done > earlier.done && open < earlier.open
  })
}

function countMarks(
  text: string,
  keys: ReadonlySet<string>,
): Map<string, { done: number; open: number }> {
  const counts = new Map<string, { done: number; open: number }>()
  for (const line of text.split(/\r?\n/)) {
    const key = withoutMark(line)
    if (!keys.has(key)) continue
    const count = counts.get(key) ?? { done: 0, open: 0 }
    if (isDone(line)) count.done += 1
    else count.open += 1
    counts.set(key, count)
  }
  return counts
}

const BOX = /\[[ xX~/-]?\]/g
const MEMBER = /"(status|passes|completed|done)"\s*:\s*("[^"]*"|true|false)/g
const CELL =
  /(?<=\|)\s*(?:⬜|✅|⏳|🔄|☐|☑)?\s*(?:pending|todo|open|not started|in progress|done|completed?)?\s*(?=\|)/gi

/** The line without what shows the state of its task. */
function withoutMark(line: string): string {
  const text = line.trim().replace(BOX, '[]').replace(MEMBER, '"$1":')
  return text.startsWith('|') ? text.replace(CELL, '') : text
}

function isDone(line: string): boolean {
  if (/\[[xX]\]/.test(line)) return true
  if (/"status"\s*:\s*"(?:done|completed?|passed)"/i.test(line)) return true
  if (/"(?:passes|completed|done)"\s*:\s*true/.test(line)) return true
  return /^\s*\|.*\|\s*(?:✅|☑)?\s*(?:done|completed?|✅)\s*\|/i.test(line)
}

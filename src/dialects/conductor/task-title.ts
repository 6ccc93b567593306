import { stripMarkup } from '../task-list/task-text.ts'

export interface TaskTitle {
  title: string
  /** The id that the line itself gives, such as `1.2` of `Task 1.2: …`. */
  id?: string
}

/** What a task line says without its mark, its lead and the commits behind it. */
export function parseTaskTitle(rest: string): TaskTitle {
  const text = withoutCommits(stripMarkup(rest))
  const lead = LEAD.exec(text)
  const title = lead === null ? text : text.slice(lead[0].length)
  const id = lead?.groups?.['number'] ?? lead?.groups?.['letter']
  return { title: title === '' ? text : title, ...(id === undefined ? {} : { id }) }
}

/** What a heading or an entry is called, without what tells how far it is. */
export function withoutProgress(text: string): string {
  let name = text.replace(/^\[[^\]]{0,3}\]\s+/, '').trim()
  for (let shorter = name.replace(PROGRESS, ''); shorter !== name && shorter !== '';) {
    name = shorter
    shorter = name.replace(PROGRESS, '')
  }
  return name
}

export function withoutCommits(text: string): string {
  let bare = text
  for (
    let match = COMMITS.exec(bare);
    match !== null && match.index > 0;
    match = COMMITS.exec(bare)
  )
    bare = bare.slice(0, match.index)
  return bare.trim()
}

/** Is it the task at a phase's end that asks the user to look? */
export function isVerification(title: string): boolean {
  return VERIFICATION.test(title)
}

const LEAD =
  /^(?:(?:sub-?)?task(?:\s+(?<number>\d+(?:\.\d+)*[a-z]?))?\s*(?::|\s[-–—](?=\s))\s*|(?<letter>T\d+[a-z]?(?:\.\d+)*):\s+)/i

/** Seven digits of which one is a letter, or in brackets whatever is not a date. */
const BARE = String.raw`(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{7,40}`
const BOXED = String.raw`(?!20\d{6}\b)(?=[\da-f]*\d)[\da-f]{7,40}`
const COMMITS = new RegExp(
  String.raw`(?<=\S)\s+(?:[[(](?:checkpoint:|commit:?)?\s*(?:${BOXED}(?:,\s*${BOXED})*)?\s*[\])]|${BARE})\s*$`,
  'i',
)

const PROGRESS =
  /(?<!\s)\s*(?:\[checkpoint:[^\]]*\]|[[(](?:complete[d]?|in[ _-]progress|planning)[\])]|(?:✅|☑|✔️?|🚧|🔄)(?:\s*(?:complete[d]?|done|in progress)\b)?(?:\s*\([\d-]+\))?)\s*$/iu

const VERIFICATION =
  /^conductor\b.*\bverification\b|\buser manual verification\b|\bverification\b.*\bprotocol in workflow\.md/i

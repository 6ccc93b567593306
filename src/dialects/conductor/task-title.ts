import { stripMarkup } from '../task-list/task-text.ts'

export interface TaskTitle {
  title: string
  /** The id in the line itself, such as `1.2` in `Task 1.2: …`. */
  id?: string
}

/** Parses a task line: the title without the mark, the lead (`Task:`) and the commit ids at the end. */
export function parseTaskTitle(rest: string): TaskTitle {
  const text = withoutCommits(stripMarkup(rest))
  const lead = LEAD.exec(text)
  const title = lead === null ? text : text.slice(lead[0].length)
  const id = lead?.groups?.['number'] ?? lead?.groups?.['letter']
  return { title: title === '' ? text : title, ...(id === undefined ? {} : { id }) }
}

/** The name of a heading or entry without its box and its status at the end. */
export function withoutProgress(text: string): string {
  let name = text.replace(/^\[[^\]]{0,3}\]\s+/, '').trim()
  for (let shorter = name.replace(PROGRESS, ''); shorter !== name && shorter !== '';) {
    name = shorter
    shorter = name.replace(PROGRESS, '')
  }
  return name
}

/** The text without commit ids at the end. */
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

/** Is this the task at the end of a phase that asks for a manual verification? */
export function isVerification(title: string): boolean {
  return VERIFICATION.test(title)
}

const LEAD =
  /^(?:(?:sub-?)?task(?:\s+(?<number>\d+(?:\.\d+)*[a-z]?))?\s*(?::|\s[-–—](?=\s))\s*|(?<letter>T\d+[a-z]?(?:\.\d+)*):\s+)/i

/** A commit id: in plain text it must contain a digit and a letter; in brackets, only a date is excluded. */
const BARE = String.raw`(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{7,40}`
const BOXED = String.raw`(?!20\d{6}\b)(?=[\da-f]*\d)[\da-f]{7,40}`
const COMMITS = new RegExp(
  String.raw`(?<=\S)(?:[[(]${BARE}[\])]|\s+[[(](?:checkpoint:|commit:?)?\s*(?:${BOXED}(?:,\s*${BOXED})*)?\s*[\])]|\s+${BARE})\s*$`,
  'i',
)

const PROGRESS =
  /(?<!\s)\s*(?:\[checkpoint:[^\]]*\]|[[(](?:complete[d]?|in[ _-]progress|planning)[\])]|(?:✅|☑|✔️?|🚧|🔄)(?:\s*(?:complete[d]?|done|in progress)\b)?(?:\s*\([\d-]+\))?)\s*$/iu

const VERIFICATION =
  /^conductor\b.*\bverification\b|\buser manual verification\b|\bverification\b.*\b(?:protocol in|refer to) workflow\.md|^phase(?:\s+\d+)?\s+(?:completion\s+)?verification(?:\s*(?:&|and|\/)\s*checkpoint(?:ing)?)?\s*(?:$|['"([:–—-])/i

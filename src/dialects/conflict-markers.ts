import { rowsOf } from './markdown.ts'

/** A file with the markers of a merge that nobody has resolved. It is not read, because both sides are in it. */
export class ConflictMarkers extends Error {
  override name = 'ConflictMarkers'
  readonly path: string
  /** 1-based. */
  readonly line: number

  constructor(path: string, line: number, text: string) {
    super(text)
    this.path = path
    this.line = line
  }
}

/** Throws `ConflictMarkers` for the first marker. In Markdown, a code block may show one. */
export function refuseConflictMarkers(path: string, text: string): void {
  // In other files, such as tests of a merge tool, the same lines may be meant.
  if (!PLAN_FILE.test(path) || !MARKERS.test(text)) return
  const marker = /\.(md|markdown)$/i.test(path) ? inMarkdown(text) : inLines(text)
  if (marker === undefined) return
  const shown = marker.text.trim().slice(0, 60)
  throw new ConflictMarkers(path, marker.line, `A merge left the conflict marker "${shown}" here.`)
}

const PLAN_FILE = /(?:\.(?:md|markdown|json|ya?ml)|^[^.]+|\/[^./]+)$/i

interface Marker {
  line: number
  text: string
}

function inMarkdown(text: string): Marker | undefined {
  return rowsOf(text).find(row => row.kind !== 'hidden' && MARKER.test(row.text))
}

function inLines(text: string): Marker | undefined {
  const lines = text.split(/\r\n|\n|\r/)
  const at = lines.findIndex(line => MARKER.test(line))
  return at === -1 ? undefined : { line: at + 1, text: lines[at] ?? '' }
}

/** `=======` alone is also the line below a heading, so the markers around it decide. */
const MARKER = /^(?:<{7}|>{7}|\|{7})(?:[ \t]|$)/
const MARKERS = new RegExp(MARKER.source, 'm')

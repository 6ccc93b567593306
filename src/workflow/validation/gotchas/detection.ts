import type { Gotcha } from '../../../plan/gotcha.ts'

/** What the author's description says to search for. */
export interface Detection {
  /** Code that shows the gotcha. */
  present: string[]
  /** Code that fixes it: the gotcha is there if this is missing. */
  absent: string[]
}

/** Parses a description such as "`server.close(` without `closeIdleConnections`": a negation separates present from absent. */
export function detectionOf({ detection }: Gotcha): Detection {
  const lines = detection.split(/\n|(?<=\.)\s+(?=[A-Z])/)
  const hasBackticks = detection.includes('`')
  const parts = lines.map(line => partsOf(line, hasBackticks))
  return {
    present: parts.flatMap(({ present }) => present),
    absent: parts.flatMap(({ absent }) => absent),
  }
}

const NEGATION =
  /\b(without|missing|lacks?|lacking|doesn['’]t|don['’]t|does not|do not|not|never|no)\b/i

function partsOf(line: string, hasBackticks: boolean): Detection {
  // A negation inside code does not count.
  const masked = line.replaceAll(/`[^`]*`/g, code => 'x'.repeat(code.length))
  const at = NEGATION.exec(masked)?.index ?? line.length
  return {
    present: codeIn(line.slice(0, at), hasBackticks),
    absent: codeIn(line.slice(at), hasBackticks),
  }
}

/** The text between backticks or, if the author uses none, each word that can only be code. */
function codeIn(text: string, hasBackticks: boolean): string[] {
  if (hasBackticks) return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.trim())
  return text
    .split(/\s+/)
    .map(word => word.replace(/[,;:.]+$/, ''))
    .filter(word => /\w[(._]\w|\w\($|[a-z][A-Z]|^\.\w/.test(word))
}

import type { Gotcha } from '../../../plan/gotcha.ts'

/** What the author's words say to look for, and what must not be missing beside it. */
export interface Detection {
  present: string[]
  absent: string[]
}

/** Reads "`server.close(` without `closeIdleConnections`": the code before the "no" is looked for, that behind it is missed. */
export function detectionOf({ detection }: Gotcha): Detection {
  const lines = detection.split(/\n|(?<=\.)\s+(?=[A-Z])/)
  const marked = detection.includes('`')
  const parts = lines.map(line => partsOf(line, marked))
  return {
    present: parts.flatMap(({ present }) => present),
    absent: parts.flatMap(({ absent }) => absent),
  }
}

const NO = /\b(without|missing|lacks?|lacking|doesn['’]t|don['’]t|does not|do not|not|never|no)\b/i

function partsOf(line: string, marked: boolean): Detection {
  // A "no" inside of code is code.
  const masked = line.replaceAll(/`[^`]*`/g, code => 'x'.repeat(code.length))
  const at = NO.exec(masked)?.index ?? line.length
  return {
    present: codeIn(line.slice(0, at), marked),
    absent: codeIn(line.slice(at), marked),
  }
}

/** Code stands between backticks; where nobody marks it, a word that only code can be is code. */
function codeIn(text: string, marked: boolean): string[] {
  if (marked) return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.trim())
  return text
    .split(/\s+/)
    .map(word => word.replace(/[,;:.]+$/, ''))
    .filter(word => /\w[(._]\w|\w\($|[a-z][A-Z]|^\.\w/.test(word))
}

import path from 'node:path'
import * as z from 'zod'
import { parseJson } from '../plan/parse-json.ts'

/** Something that a linter or type checker found. */
export interface Finding {
  /** Relative to the folder in which the tool ran, `/`-separated. */
  file: string
  /** The message without places, as it is printed at any line of the file. */
  text: string
  isWarning: boolean
  /** It explains another finding, or informs: no tool fails because of it. */
  isNote?: true
}

/**
 * The findings in the output of a linter, type checker or formatter, whichever it is: in JSON, or in one of the layouts that
 * tools print for people. Empty if none is recognized.
 *
 * @param root absolute folder in which the tool ran
 */
export function findingsIn(output: string, root: string): Finding[] {
  const found = findingsInJson(output) ?? findingsInText(output)
  return found.flatMap(finding => {
    const file = relativeTo(root, finding.file)
    if (file === undefined) return []
    const isNote = NOTE.test(finding.text)
    return [{ ...finding, file, text: comparable(finding.text), ...(isNote && { isNote }) }]
  })
}

/** Numbers in quotes and words stay; places such as `line 12` and durations do not. */
function comparable(text: string): string {
  return text
    .replaceAll(/\b(lines?|columns?|col|at|position) \d+(:\d+)?/gi, '$1 #')
    .replaceAll(/:\d+(:\d+)?\b/g, '')
    .replaceAll(/\(\d+m?s\)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function relativeTo(root: string, file: string): string | undefined {
  const plain = file.replaceAll('\\', '/').replace(/^\.\//, '')
  const relative = path.isAbsolute(plain) ? path.relative(root, plain) : path.posix.normalize(plain)
  const inside = relative.replaceAll('\\', '/')
  return inside === '' || inside.startsWith('../') ? undefined : inside
}

const ESLINT = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(
      z.object({ ruleId: z.string().nullish(), message: z.string(), severity: z.number() }),
    ),
  }),
)
const RUFF = z.array(
  z.object({ filename: z.string(), message: z.string(), code: z.string().nullish() }),
)

function findingsInJson(output: string): Finding[] | undefined {
  const start = output.search(/^\[/m)
  if (start < 0) return undefined
  const value = parseJson(output.slice(start, output.lastIndexOf(']') + 1))
  const eslint = ESLINT.safeParse(value)
  if (eslint.success)
    return eslint.data.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message, severity }) => ({
        file: filePath,
        text: `${message} ${ruleId ?? ''}`,
        isWarning: severity < 2,
      })),
    )
  const ruff = RUFF.safeParse(value)
  if (!ruff.success) return undefined
  return ruff.data.map(({ filename, message, code }) => ({
    file: filename,
    text: `${message} ${code ?? ''}`,
    isWarning: false,
  }))
}

/** A path and a message need no more. */
const MAX_LINE_LENGTH = 2000

/** Reads line by line: a finding on one line, below the name of its file, or above it. */
function findingsInText(output: string): Finding[] {
  const findings: Finding[] = []
  let heading: { file: string; isUsed: boolean } | undefined
  let title: string | undefined
  let ruled: Finding | undefined
  // Some formatters print nothing but the names of files.
  const endHeading = () => {
    if (heading && !heading.isUsed)
      findings.push({ file: heading.file, text: '', isWarning: false })
    heading = undefined
  }
  for (const whole of output.split('\n')) {
    const line = whole.slice(0, MAX_LINE_LENGTH)
    const [, below] = BELOW.exec(line) ?? []
    if (below !== undefined) {
      if (title !== undefined)
        findings.push({ file: below, text: title, isWarning: WARNING.test(title) })
      title = undefined
      continue
    }
    const [, level = '', detail] = (heading && UNDER_HEADING.exec(line)) ?? []
    if (heading && detail !== undefined) {
      const isWarning = level.startsWith('warn') || WARNING.test(line)
      findings.push({ file: heading.file, text: detail, isWarning })
      heading.isUsed = true
      continue
    }
    const [, file] = HEADING.exec(line) ?? []
    if (file !== undefined || line.trim() === '') endHeading()
    if (file !== undefined) heading = { file, isUsed: false }
    if (file !== undefined) continue
    const [, placed, text] = PLACED.exec(line) ?? PAREN.exec(line) ?? FILE_ONLY.exec(line) ?? []
    if (placed !== undefined && text !== undefined) {
      ruled = { file: placed, text, isWarning: WARNING.test(text) }
      findings.push(ruled)
    } else if (ruled && line.trim() !== '') {
      // Biome prints the level below the rule.
      if (RULE.test(ruled.text) && WARNING.test(line)) ruled.isWarning = true
      ruled = undefined
    }
    if (TITLE.test(line)) title = line.trim()
  }
  endHeading()
  return findings
}

const FILE = String.raw`((?:[A-Za-z]:)?[^\s:()'"<>|]*[^\s:()'"<>|.,]\.\w+|[^\s:()'"<>|]*\/[^\s:()'"<>|]+)`
/** `src/a.ts:3:7: message`, `src/a.py:3: error: message`, `src/a.ts:3:7 - error TS2322: message`, `src/a.ts:3:7 lint/rule ━━` */
const PLACED = new RegExp(
  String.raw`^\s*(?:error: |warning: )?${FILE}:\d+(?::\d+)?(?:-\d+)?(?::| -| +)\s*(?!\d+$)(\S.*)$`,
)
/** `src/a.ts(3,7): error TS2322: message` */
const PAREN = new RegExp(String.raw`^\s*${FILE}\(\d+(?:,\d+)?\):\s*(\S.*)$`)
/** `[warn] src/a.js` of a formatter, `src/a.js (12ms)` */
const FILE_ONLY = new RegExp(
  String.raw`^(?:\[(?:warn|error)\] |would reformat )?${FILE}(?: \(\d+m?s\))?()$`,
)
/** Below its message: ` --> src/main.rs:2:9`, `   ╭─[src/a.ts:3:7]`, `,-[src/a.ts:3:7]` */
const BELOW = new RegExp(String.raw`^\s*(?:-->|[╭,][─-]+\[)\s*${FILE}:\d+:\d+\]?`)
/** Below the name of its file: `  3:7  error  message  rule` */
const UNDER_HEADING = /^\s+(?:[✖⚠×]\s+)?(?:\d+:\d+|line \d+)\s+(error|warning|warn)?\s*(\S.*)$/
const HEADING = new RegExp(String.raw`^\s*(?:FILE: )?${FILE}(?::\d+:\d+|:)?\s*$`)
const TITLE = /^\s*(?:[×⚠✖x!]\s+\S|(?:error|warning)(?:\[\w+\])?: |[A-Z]+\d{3,4} )/
/** `lint/style/useConst ━━━━` */
const RULE = /━$/
const NOTE = /^\s*(?:note|info(?:rmation)?|hint|help)\b\s*[:[]/i
const WARNING = /^\s*(?:⚠|!|warn(?:ing)?\b)/i

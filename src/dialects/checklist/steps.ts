import type { Task, TestPlan } from '../../plan/plan.ts'
import type { Row } from '../markdown.ts'
import { filesNamedIn } from '../task-list/files.ts'
import { isCriteriaLabel } from '../task-list/sections.ts'
import { boxAt, stripMarkup } from '../task-list/task-text.ts'
import type { ChecklistEntry } from './entries.ts'

/** The content below a heading that is a task. */
export type SectionContent = Pick<Task, 'files' | 'acceptance' | 'testPlan'> & {
  description: string
  /** The steps begin with tests that fail. */
  isTestFirst: boolean
}

/**
 * Reads a task in the style of superpowers: `Create: …`, `Modify: …` and `Test: …` name its files, `Run: …` a command, and
 * `Expected: FAIL with "…"` how the tests fail before the code is written.
 */
export function sectionContent(
  rows: readonly Row[],
  { entry, end }: ChecklistEntry,
): SectionContent {
  const lines: Line[] = []
  const acceptance: string[] = []
  let isCriteria = false
  for (let index = entry.index + 1; index < end; index += 1) {
    const row = rows[index]
    if (row === undefined || (row.kind === 'heading' && row.level <= entry.row.level)) break
    if (row.kind === 'hidden') {
      const command = commandAt(rows, index)
      if (command !== undefined) lines.push({ text: '', line: row.line, command })
    }
    if (row.kind === 'blank' || row.kind === 'hidden') continue
    const raw = contentOf(row)
    if (row.kind !== 'item' || raw.endsWith(':')) isCriteria = isCriteriaLabel(raw)
    if (isCriteria && row.kind === 'item' && !raw.endsWith(':')) acceptance.push(stripMarkup(raw))
    else if (!RULE.test(raw)) lines.push({ text: raw, line: row.line })
  }
  const texts = lines.map(({ text }) => text).filter(text => text !== '')
  const testPlan = testPlanIn(lines)
  return {
    files: filesIn([entry.rest, ...texts]),
    acceptance,
    description: texts.map(stripMarkup).join('\n'),
    isTestFirst: testPlan.failures.length > 0 || texts.some(text => FAILING_TEST.test(text)),
    ...(testPlan.files.length + testPlan.failures.length > 0 && { testPlan }),
  }
}

interface Line {
  text: string
  line: number
  /** What a code block of a shell runs. */
  command?: string
}

/** The command in the code block of a shell that begins at this row; of several lines, all of them. */
function commandAt(rows: readonly Row[], index: number): string | undefined {
  if (!SHELL.test(rows[index]?.text ?? '')) return undefined
  const block = rows.slice(index + 1, index + 1 + MAX_COMMAND_LINES)
  const end = block.findIndex(({ text }) => FENCE.test(text))
  const texts = block.slice(0, Math.max(end, 0)).map(({ text }) => text.trim())
  const commands = texts.filter(text => text !== '' && !text.startsWith('#'))
  const command = commands
    .join('\n')
    .replaceAll(/\s*\\\n/g, ' ')
    .replaceAll('\n', ' && ')
  return command === '' ? undefined : command
}

function contentOf(row: Row): string {
  const box = row.kind === 'item' ? boxAt(row.text, row.content) : undefined
  return (box?.rest ?? row.text.slice(row.content)).trim()
}

/** The files below `**Files:**`; without such lines, all that the section names. */
function filesIn(texts: readonly string[]): string[] {
  const named = texts.flatMap(text => {
    const { name = '', value = '' } = FILE.exec(text)?.groups ?? {}
    return name === '' || /^(delete|remove)/i.test(name) ? [] : [value]
  })
  return filesNamedIn((named.length > 0 ? named : texts).join('\n'))
}

function testPlanIn(lines: readonly Line[]): TestPlan {
  const plan: TestPlan = { files: [], failures: [] }
  let command: string | undefined
  for (const { text, line, ...block } of lines) {
    command = block.command ?? command
    plan.files.push(...testsIn(text).flatMap(filesNamedIn))
    const run = RUN.exec(text)?.groups?.['value']
    if (run !== undefined) command = codeIn(run)
    const failure = FAIL.exec(text)?.groups?.['value']
    if (failure === undefined) continue
    const { text: reason, isQuoted } = reasonIn(failure)
    plan.failures.push({
      line,
      isQuoted,
      ...(reason !== '' && { text: reason }),
      ...(command !== undefined && command !== '' && { command }),
    })
  }
  return plan
}

/** The value of `Test: …`, and of the parts of `Files: Create …; Test …` that say so. */
function testsIn(text: string): string[] {
  const tests = TEST.exec(text)?.groups?.['value']
  if (tests !== undefined) return [tests]
  const parts = FILES.exec(text)?.groups?.['value']?.split(/[;；]/) ?? []
  return parts.filter(part => /^[\s*_]*tests?\b/i.test(part))
}

function codeIn(text: string): string {
  return (/`([^`]+)`/.exec(text)?.[1] ?? text).trim()
}

/** What stands in quotation marks at the beginning, else the words themselves, with the marks of code in them. */
function reasonIn(text: string): { text: string; isQuoted: boolean } {
  const words = text.replace(/^[\s(（:：,，、;*—–-]+|[\s)）.。*]+$/gu, '')
  const quoted = /^"([^"]+)"|^“([^”]+)”|^`([^`]+)`$/.exec(words)
  const [, straight, curved, code] = quoted ?? []
  const reason = straight ?? curved ?? code ?? words
  return { text: reason.slice(0, MAX_REASON_LENGTH), isQuoted: quoted !== null }
}

const RULE = /^([-*_])(\s*\1){2,}$/
const FILE =
  /^[*_]*(?<name>create|modify|tests?|delete|remove|update|edit|add|rename|move|files?)(?:\s+files?)?[*_]*\s*[:：][*_]*\s*(?<value>\S.*)$/i
const TEST = /^[*_]*tests?(?:\s+files?)?[*_]*\s*[:：][*_]*\s*(?<value>\S.*)$/i
const RUN = /^[*_]*(?:run|command)[*_]*\s*[:：][*_]*\s*(?<value>\S.*)$/i
const FAIL =
  /^[*_]*expect(?:ed)?(?:\s+(?:output|result))?[*_]*\s*[:：][*_]*\s*[*_`]*(?:FAIL(?:S|ED|URE|ING)?|ERRORS?|RED)\b[*_`]*\s*(?:with|because|due to|since|as)?\s*(?<value>.*)$/i
const FILES = /^[*_]*files?[*_]*\s*[:：][*_]*\s*(?<value>\S.*)$/i
const FAILING_TEST =
  /\bfailing tests?\b|\bwrite (?:the |a )?failing\b|\bverify (it|they) fails?\b|失败的?测试|失敗する?テスト|실패하는 테스트/i
const SHELL = /^\s*(?:`{3,}|~{3,})\s*(?:bash|sh|shell|zsh|console|powershell|cmd)\s*$/i
const FENCE = /^\s*(?:`{3,}|~{3,})\s*$/
/** In lines. */
const MAX_COMMAND_LINES = 20
const MAX_REASON_LENGTH = 300

import path from 'node:path'
import type { Target } from '../targets.ts'

/** The name of the merge driver in `.gitattributes` and in the configuration of a clone. */
export const DRIVER = 'redgreen'

const ATTRIBUTE = `merge=${DRIVER}`
const COMMENT = '# Merges ledgers and marks of plans of two branches (redgreen init).'

/** Do these attributes name the driver for any file? */
export function namesDriver(text: string): boolean {
  return linesOf(text).some(isOurs)
}

/** The place of the attributes that name the driver for ledgers and plans. They are committed, so that all clones have them. */
export function attributesTarget(root: string, planFiles: readonly string[]): Target {
  const wanted = ['.redgreen/ledger/**', ...planFiles].map(
    pattern => `${quoted(pattern)} ${ATTRIBUTE}`,
  )
  return {
    client: 'git',
    title: 'git',
    what: 'merge driver',
    level: 'project',
    file: path.join(root, '.gitattributes'),
    set: text => withLines(text, wanted),
    remove: text =>
      linesOf(text)
        .filter(line => !isOurs(line) && line.trim() !== COMMENT)
        .join(''),
    has: namesDriver,
    isSet: text => withLines(text, wanted) === text,
  }
}

function quoted(pattern: string): string {
  return /\s|"/.test(pattern) ? JSON.stringify(pattern) : pattern
}

/** The last line that matches a file decides in git, so ours come last. Lines of an earlier set-up stay. */
function withLines(text: string, wanted: readonly string[]): string {
  const lines = linesOf(text).map(line => line.trim())
  const missing = wanted.filter(line => !lines.includes(line))
  if (missing.length === 0) return text
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const before = text === '' || text.endsWith('\n') ? text : `${text}${end}`
  const comment = lines.includes(COMMENT) ? [] : [COMMENT]
  return before + [...comment, ...missing].map(line => `${line}${end}`).join('')
}

function isOurs(line: string): boolean {
  return !line.startsWith('#') && line.trim().split(/\s+/).includes(ATTRIBUTE)
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/)
}

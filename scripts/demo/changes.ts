import type { AddedLine, Change, FileUpdate } from './scenario.ts'
import { UnexpectedAnswer } from './unexpected-answer.ts'

/** Describes the updates of one of the workflow's own files, with counts. Throws when anything else changed. */
export function describeUpdates(
  file: string,
  update: FileUpdate,
  before: string,
  after: string,
): string {
  const names =
    'lines' in update
      ? createdLines(file, update, after)
      : changedPlaces(file, update, before, after)
  if (names.length === 0) throw new UnexpectedAnswer(`${file} was not updated.`)
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${name}: ${count}`).join(', ')
}

function changedPlaces(
  file: string,
  { changes, added = [] }: Extract<FileUpdate, { changes: Change[] }>,
  before: string,
  after: string,
): string[] {
  const lines = after.split('\n')
  const insertions = lines.flatMap(line => insertionNames(line, added))
  const oldLines = before.split('\n')
  const newLines = lines.filter(line => insertionNames(line, added).length === 0)
  if (oldLines.length !== newLines.length)
    throw new UnexpectedAnswer(`The number of lines in ${file} changed.`)
  const changed = oldLines.flatMap((oldLine, at) => {
    const newLine = newLines[at] ?? ''
    const names = oldLine === newLine ? [] : expectedChanges(oldLine, newLine, changes)
    if (names) return names
    throw new UnexpectedAnswer(
      `${file}:${at + 1} changed in an unexpected way:\n- ${oldLine}\n+ ${newLine}`,
    )
  })
  return [...changed, ...insertions]
}

function insertionNames(line: string, added: readonly AddedLine[]): string[] {
  return added.filter(one => one.line.test(line)).map(({ name }) => name)
}

/** The names of the changes in a line; `undefined` when the line differs in any other place. */
function expectedChanges(
  before: string,
  after: string,
  changes: readonly Change[],
): string[] | undefined {
  let [left, right] = [before, after]
  const names: string[] = []
  for (const { name, from, to } of changes) {
    if (!from.test(left) || !to.test(right)) continue
    left = left.replace(from, PLACEHOLDER)
    right = right.replace(to, PLACEHOLDER)
    names.push(name)
  }
  return left === right ? names : undefined
}

function createdLines(
  file: string,
  { lines: forms, counted, name }: Extract<FileUpdate, { lines: RegExp[] }>,
  text: string,
): string[] {
  const lines = text.split('\n')
  const unexpected = lines.find(line => !forms.some(form => form.test(line)))
  if (unexpected !== undefined)
    throw new UnexpectedAnswer(`${file} has an unexpected line:\n${unexpected}`)
  return lines.filter(line => counted.test(line)).map(() => name)
}

/** A character that occurs in no file. */
const PLACEHOLDER = '\u{fffc}'

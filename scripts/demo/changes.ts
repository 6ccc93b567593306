import type { Added, Change, Own } from './scenario.ts'
import { Surprise } from './unexpected-answer.ts'

/** What was updated in one of the workflow's own files, with the number of each; throws when anything else changed. */
export function updatesIn(file: string, own: Own, before: string, after: string): string {
  const seen =
    'begun' in own ? linesBegun(file, own, after) : wordsChanged(file, own, before, after)
  if (seen.length === 0) throw new Surprise(`${file} should have been updated.`)
  const tally = new Map<string, number>()
  for (const what of seen) tally.set(what, (tally.get(what) ?? 0) + 1)
  return [...tally].map(([what, count]) => `${what}: ${count}`).join(', ')
}

function wordsChanged(
  file: string,
  { changes, added = [] }: Extract<Own, { changes: Change[] }>,
  before: string,
  after: string,
): string[] {
  const lines = after.split('\n')
  const put = lines.flatMap(line => nameOf(line, added))
  const [then, now] = [before.split('\n'), lines.filter(line => nameOf(line, added).length === 0)]
  if (then.length !== now.length) throw new Surprise(`${file} has more or fewer lines than before.`)
  const changed = then.flatMap((line, at) => {
    const written = now[at] ?? ''
    const seen = line === written ? [] : explained(line, written, changes)
    if (seen) return seen
    throw new Surprise(`${file}:${at + 1} changed in more than its marks:\n- ${line}\n+ ${written}`)
  })
  return [...changed, ...put]
}

function nameOf(line: string, added: readonly Added[]): string[] {
  return added.filter(one => one.line.test(line)).map(one => one.what)
}

/** What changed in a line, when both are the same without the places that may change. */
function explained(
  before: string,
  after: string,
  changes: readonly Change[],
): string[] | undefined {
  let [left, right] = [before, after]
  const seen: string[] = []
  for (const { what, from, to } of changes) {
    if (!from.test(left) || !to.test(right)) continue
    left = left.replace(from, PLACE)
    right = right.replace(to, PLACE)
    seen.push(what)
  }
  return left === right ? seen : undefined
}

function linesBegun(
  file: string,
  { begun, counted, what }: Extract<Own, { begun: RegExp[] }>,
  text: string,
): string[] {
  const lines = text.split('\n')
  const odd = lines.find(line => !begun.some(form => form.test(line)))
  if (odd !== undefined) throw new Surprise(`${file} has a line of another form:\n${odd}`)
  return lines.filter(line => counted.test(line)).map(() => what)
}

/** Stands for what may change, and in no file. */
const PLACE = '\u{fffc}'

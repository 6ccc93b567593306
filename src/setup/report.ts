import path from 'node:path'
import { formatDiff } from './diff.ts'
import type { PlannedResult } from './example/planned-results.ts'
import type { PlannedStep, SetupPlan } from './plan.ts'

interface Report {
  root: string
  found: readonly PlannedResult[]
  plan: SetupPlan
  remove: boolean
  /** `dry`: only planned. `declined`: the user did not agree. */
  mode: 'dry' | 'written' | 'declined'
  notes?: readonly (string | undefined)[]
  /** The plan of the example waits for a human's approval. */
  needsApproval?: boolean
}

/** The text of a set-up: what was found, each step in one line, and the difference of each file. */
export function formatPlan(report: Report): string {
  const { root, found, plan, remove, mode, notes = [] } = report
  const isPlanned = mode !== 'written'
  const steps = plan.steps.filter(step => !remove || isWorthALine(step))
  const others = steps.filter(({ what }) => what !== 'merge driver')
  return [
    ...(found.length > 0 ? [`Found in ${root}:`, ...found.map(foundLine), ''] : []),
    ...notes.flatMap(note => (note === undefined ? [] : [note, ''])),
    ...steps.map(step => stepLine(step, root, { isPlanned, remove })),
    ...(others.length === 0 ? [remove ? NOTHING_THERE : NO_CLIENT] : []),
    ...plan.files.flatMap(({ file, before, after }) => [
      '',
      `${fileVerb(before, after)} ${shortPath(file, root)}`,
      ...(after === null ? [] : formatDiff(before ?? '', after)),
    ]),
    '',
    closing(report),
  ].join('\n')
}

const NO_CLIENT =
  'No client was found. Name one with --client, such as `--client claude-code` or `--client cursor`.'
const NOTHING_THERE = 'No client has an entry for redgreen here.'

/** A removal of everything looks at every client. */
function isWorthALine({ action, reason }: PlannedStep): boolean {
  return action !== 'absent' || reason !== undefined
}

function foundLine({ ok, name, found, remedy, isPlanned = false }: PlannedResult): string {
  // A refusal has several sentences; the first says what is wrong.
  const [line = ''] = found.split(/\n|(?<=\.) /)
  return `  ${isPlanned ? '+' : ok ? '✓' : '✗'} ${name}: ${line}${remedy === undefined ? '' : `. ${remedy}`}`
}

function stepLine(
  step: PlannedStep,
  root: string,
  { isPlanned, remove }: { isPlanned: boolean; remove: boolean },
): string {
  const { title, what, file, action, reason, command = [] } = step
  const [mark, planned, done] = action === 'run' && remove ? REMOVED_BY_COMMAND : ACTIONS[action]
  const place = action === 'run' ? `\`${command.join(' ')}\`` : shortPath(file, root)
  const why = reason === undefined ? '' : `: ${reason}`
  const place_ = place === '' ? '' : ` (${place})`
  return `${mark} ${title}: ${what} ${isPlanned ? planned : done}${place_}${why}`
}

const ACTIONS: Record<PlannedStep['action'], readonly [string, string, string]> = {
  add: ['+', 'will be added', 'added'],
  update: ['~', 'will be changed', 'changed'],
  present: ['=', 'already set up', 'already set up'],
  remove: ['-', 'will be removed', 'removed'],
  absent: ['=', 'not removed', 'not removed'],
  run: ['>', 'will be set up by its own command', 'set up by its own command'],
  refused: ['✗', 'not changed', 'not changed'],
}

const REMOVED_BY_COMMAND = ['>', 'will be removed by its own command', 'removed by its own command']

function fileVerb(before: string | undefined, after: string | null): string {
  if (after === null) return 'Remove'
  return before === undefined ? 'Create' : 'Change'
}

function closing(report: Report): string {
  const { found, plan, mode, remove, needsApproval = false } = report
  const { steps, files } = plan
  if (mode === 'dry') return 'Nothing was written.'
  if (mode === 'declined') return 'Nothing was written, because you did not agree.'
  const isNothing = files.length === 0 && steps.every(({ action }) => action !== 'run')
  if (isNothing)
    return steps.some(({ action }) => action === 'refused')
      ? 'Nothing was changed. Correct what is marked ✗ above, and run the command again.'
      : 'Nothing had to be changed.'
  if (remove) return 'Restart the clients, so that they forget the server.'
  const first = needsApproval
    ? 'Read the plan and run `redgreen approve` in a terminal, because this format asks for an approval. '
    : ''
  const missing = found.filter(({ ok, isPlanned }) => !ok && !isPlanned).map(({ name }) => name)
  const before =
    missing.length > 0 ? `First fix what is marked ✗ above: ${missing.join(', ')}.\n` : ''
  return `${before}${first}${clientStep(steps)} ask your assistant: Implement the feature with the redgreen tools.`
}

/** What comes before the first question to the assistant. */
function clientStep(steps: readonly PlannedStep[]): string {
  const isThere = steps.some(
    ({ action, what }) => what !== 'merge driver' && !['refused', 'absent'].includes(action),
  )
  return isThere ? 'Restart the clients, then' : 'Add the server to a client, then'
}

function shortPath(file: string, root: string): string {
  const relative = path.relative(root, file)
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative
}

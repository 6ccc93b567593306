import { progressNotes } from '../tools/format.ts'
import { overview, type Overview, type TaskOverview } from '../workflow/overview.ts'
import { joinAsLines, oneLine, safeAnswer } from '../runner/safe-text.ts'
import type { Call } from '../workflow/context/call.ts'
import { mapErrors } from '../workflow/context/error-mapping.ts'
import { describeIdle, holderLabel, type TaskHolder } from '../workflow/context/task-holder.ts'
import { FEATURE_ARGUMENT, type Command, type Printed } from './command.ts'
import { watchStatus } from './watch-status.ts'

export const statusCommand: Command = {
  name: 'status',
  usage: '[FEATURE] [--watch]',
  summary: 'show the tasks of a feature and the detected tools',
  description:
    'Shows the stage of every task with its holder or failure, proven tasks separately from those ticked by hand, what waits for a human, the detected test runner, type checker and linter, and problems in the plan. With --watch it shows them again after every change, by any process, until you press Ctrl-C. Writes nothing.',
  arguments: FEATURE_ARGUMENT,
  options: { watch: { type: 'boolean', description: 'Show it again after every change.' } },
  examples: ['redgreen status', 'redgreen status 001-chat --json', 'redgreen status --watch'],
  async run(call, args) {
    const named = { ...call, feature: args.positionals[0] ?? call.feature }
    if (args.flag('watch')) return watch(named, args.flag('json'))
    const data = await overview(named)
    return { data, text: statusText(data) }
  },
}

/** Ends without an error when the user interrupts it. */
async function watch(call: Call, isJson: boolean): Promise<Printed> {
  await watchStatus(call, async () => {
    const data = await mapErrors(call, () => overview(call))
    return isJson ? JSON.stringify(safeAnswer(data)) : statusText(data)
  })
  return { data: undefined, text: '', exitCode: 0 }
}

function statusText(overview: Overview): string {
  const { feature, progress, problems, toolchain, tasks, halted, waitsForHuman } = overview
  const { done, total, percent } = progress
  const notes = progressNotes(progress)
  return joinAsLines([
    `${feature.title} (${feature.id}, ${feature.dialect}) in ${overview.workspace}`,
    `Chosen because ${feature.evidence}.`,
    `${done}/${total} tasks done or waived (${percent}%)${notes.length > 0 ? `: ${notes.join(', ')}` : ''}`,
    ...(halted ? [`! Halted since ${halted.since}: ${halted.task} failed (${halted.error})`] : []),
    ...waitsForHuman.map(({ what, command }) => oneLine(`! A human: ${what} → ${command}`)),
    ...toolLines(toolchain),
    ...(overview.store ? [storeLine(overview.store)] : []),
    ...problems.map(({ path, line, text }) => `! ${path}:${line} ${text}`),
    ...progress.phases.flatMap(phase => [
      '',
      `${phase.name || '(no phase)'} ${phase.done}/${phase.total}`,
      ...tasks.filter(task => task.phase === phase.name).map(taskLine),
    ]),
  ])
}

function storeLine(store: NonNullable<Overview['store']>): string {
  return store.reached
    ? `shared store: reached (${store.name})`
    : `! shared store: not reached, offline since ${store.since}`
}

function toolLines({ tests, missing, ...tools }: Overview['toolchain']): string[] {
  return [
    `tests: ${tests ? `${tests.framework}, from ${tests.evidence}` : 'no test runner found; record_red also detects it from the test file'}`,
    ...(['types', 'lint'] as const).map(name => {
      const tool = tools[name]
      return `${name}: ${tool ? `${tool.argv.join(' ')}, from ${tool.evidence}` : 'none found'}`
    }),
    ...missing.map(name => `! ${name} is configured but not installed`),
  ]
}

/** The stage of a started task stays `todo` until its first proof, so the start has a word of its own. */
function startNote({ started, holder, failed }: TaskOverview): string | false {
  if (!started || failed) return false
  if (holder) return 'started'
  const at = `${started.at.slice(0, 16).replace('T', ' ')} UTC`
  return `started at ${at} by ${started.by ?? 'another clone'}, and nobody holds it now`
}

function holderNote(holder: TaskHolder): string {
  const { since, idleSeconds, finished } = holder
  const label = holderLabel(holder)
  return finished
    ? `${label}, its code is not here`
    : `${label} since ${since}, ${describeIdle(idleSeconds)}`
}

function taskLine(task: TaskOverview): string {
  const { holder, error, changed, started } = task
  const notes = [
    task.dropped === true && 'dropped in the plan',
    task.claimed && 'ticked without proof',
    task.waived && 'waived',
    task.owed && 'tests pending',
    error !== null && `failed: ${error.slice(0, 100)}`,
    started && startNote(task),
    holder && holderNote(holder),
    changed !== null && `was "${changed}" when it was started`,
  ].filter(note => note !== false && note !== null)
  const note = notes.length > 0 ? ` (${notes.join('; ')})` : ''
  return `  ${oneLine(`${task.stage.padEnd(5)} ${task.id} ${task.title}${note}`)}`
}

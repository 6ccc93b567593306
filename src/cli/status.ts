import { overview, type Overview, type TaskOverview } from '../workflow/overview.ts'
import { joinAsLines, oneLine } from '../runner/safe-text.ts'
import { describeIdle } from '../workflow/context/task-holder.ts'
import { FEATURE_ARGUMENT, type Command } from './command.ts'

export const statusCommand: Command = {
  name: 'status',
  usage: '[FEATURE]',
  summary: 'show the tasks of a feature and the detected tools',
  description:
    'Shows the stage of every task with its holder or failure, proven tasks separately from those ticked by hand, what waits for a human, the detected test runner, type checker and linter, and problems in the plan. Writes nothing.',
  arguments: FEATURE_ARGUMENT,
  examples: ['redgreen status', 'redgreen status 001-chat --json'],
  async run(call, { positionals: [feature] }) {
    const data = await overview({ ...call, feature: feature ?? call.feature })
    return { data, text: statusText(data) }
  },
}

function statusText(overview: Overview): string {
  const { feature, progress, problems, toolchain, tasks, halted, waitsForHuman } = overview
  const { done, total, percent, claimed, waived, owed } = progress
  return joinAsLines([
    `${feature.title} (${feature.id}, ${feature.dialect}) in ${overview.workspace}`,
    `Chosen because ${feature.evidence}.`,
    `${done}/${total} tasks done or waived (${percent}%): ${waived} waived, ${claimed} ticked without proof, ${owed} with pending tests`,
    ...(halted ? [`! Halted since ${halted.since}: ${halted.task} failed (${halted.error})`] : []),
    ...waitsForHuman.map(({ what, command }) => oneLine(`! A human: ${what} → ${command}`)),
    ...toolLines(toolchain),
    ...problems.map(({ path, line, text }) => `! ${path}:${line} ${text}`),
    ...progress.phases.flatMap(phase => [
      '',
      `${phase.name || '(no phase)'} ${phase.done}/${phase.total}`,
      ...tasks.filter(task => task.phase === phase.name).map(taskLine),
    ]),
  ])
}

function toolLines({ tests, missing, ...tools }: Overview['toolchain']): string[] {
  return [
    `tests: ${tests ? `${tests.framework}, from ${tests.evidence}` : 'no test runner found'}`,
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

function taskLine(task: TaskOverview): string {
  const { holder, error, changed, started } = task
  const notes = [
    task.claimed && 'ticked without proof',
    task.waived && 'waived',
    task.owed && 'tests pending',
    error !== null && `failed: ${error.slice(0, 100)}`,
    started && startNote(task),
    holder && `${holder.name} since ${holder.since}, ${describeIdle(holder.idleSeconds)}`,
    changed !== null && `was "${changed}" when it was started`,
  ].filter(note => note !== false && note !== null)
  const note = notes.length > 0 ? ` (${notes.join('; ')})` : ''
  return `  ${oneLine(`${task.stage.padEnd(5)} ${task.id} ${task.title}${note}`)}`
}

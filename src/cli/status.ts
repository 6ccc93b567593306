import { overview, type Overview, type TaskOverview } from '../workflow/overview.ts'
import { FEATURE_ARGUMENT, type Command } from './command.ts'

export const statusCommand: Command = {
  name: 'status',
  usage: '[FEATURE]',
  summary: 'show the tasks of a feature and the detected tools',
  description:
    'Shows the stage of every task, proven tasks separately from those ticked by hand, the detected test runner, type checker and linter, and problems in the plan. Writes nothing.',
  arguments: FEATURE_ARGUMENT,
  examples: ['redgreen status', 'redgreen status 001-chat --json'],
  async run(call, { positionals: [feature] }) {
    const data = await overview({ ...call, feature: feature ?? call.feature })
    return { data, text: statusText(data) }
  },
}

function statusText({ feature, progress, problems, toolchain, tasks }: Overview): string {
  const { done, total, percent, claimed, waived, owed } = progress
  return [
    `${feature.title} (${feature.id}, ${feature.dialect})`,
    `Chosen because ${feature.evidence}.`,
    `${done}/${total} tasks done or waived (${percent}%): ${waived} waived, ${claimed} ticked without proof, ${owed} with pending tests`,
    `tests: ${toolchain.tests ? `${toolchain.tests.framework}, from ${toolchain.tests.evidence}` : 'no test runner found'}`,
    ...(['types', 'lint'] as const).map(name => {
      const tool = toolchain[name]
      return `${name}: ${tool ? `${tool.argv.join(' ')}, from ${tool.evidence}` : 'none found'}`
    }),
    ...toolchain.missing.map(name => `! ${name} is configured but not installed`),
    ...problems.map(({ path, line, text }) => `! ${path}:${line} ${text}`),
    ...progress.phases.flatMap(phase => [
      '',
      `${phase.name || '(no phase)'} ${phase.done}/${phase.total}`,
      ...tasks.filter(task => task.phase === phase.name).map(taskLine),
    ]),
  ].join('\n')
}

function taskLine(task: TaskOverview): string {
  const notes = [
    task.claimed && 'ticked without proof',
    task.waived && 'waived',
    task.owed && 'tests pending',
  ].filter(note => note !== false)
  const note = notes.length > 0 ? ` (${notes.join(', ')})` : ''
  return `  ${task.stage.padEnd(5)} ${task.id} ${task.title}${note}`
}

import type { Overview, TaskOverview } from '../workflow/overview.ts'
import { overview } from '../workflow/overview.ts'
import type { Command } from './command.ts'

export const status: Command = {
  name: 'status',
  usage: '[FEATURE]',
  summary: 'where a feature stands: seen by the server, and claimed by the file',
  async run(call, { positionals: [feature] }) {
    const data = await overview({ ...call, feature: feature ?? call.feature })
    return { data, text: statusText(data) }
  },
}

function statusText({ feature, progress, problems, toolchain, tasks }: Overview): string {
  const { done, total, percent, claimed, waived, owed } = progress
  return [
    `${feature.title} (${feature.id}, ${feature.dialect})`,
    `chosen because ${feature.evidence}`,
    `${done}/${total} tasks seen done or waived (${percent}%): ${waived} waived; ${claimed} claimed, ${owed} owing tests`,
    `tests: ${toolchain.tests ? `${toolchain.tests.framework}, from ${toolchain.tests.evidence}` : 'no runner found'}`,
    ...(['types', 'lint'] as const).map(name => {
      const tool = toolchain[name]
      return `${name}: ${tool ? `${tool.argv.join(' ')}, from ${tool.evidence}` : 'none found'}`
    }),
    ...toolchain.missing.map(name => `! ${name} is configured, and not installed`),
    ...problems.map(({ path, line, text }) => `! ${path}:${line} ${text}`),
    ...progress.phases.flatMap(phase => [
      '',
      `${phase.name || '(before any phase)'} ${phase.done}/${phase.total}`,
      ...tasks.filter(task => task.phase === phase.name).map(taskLine),
    ]),
  ].join('\n')
}

function taskLine(task: TaskOverview): string {
  const notes = [
    task.claimed && 'ticked, unproven',
    task.waived && 'waived',
    task.owed && 'owes tests',
  ].filter(note => note !== false)
  const note = notes.length > 0 ? ` (${notes.join(', ')})` : ''
  return `  ${task.stage.padEnd(5)} ${task.id} ${task.title}${note}`
}

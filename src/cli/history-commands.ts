import { eventLine } from '../workflow/report/event-lines.ts'
import { nameOfTest, type TestRecord } from '../evidence/recorded-tests.ts'
import { loadContext } from '../workflow/context/load-context.ts'
import { describeHolder } from '../workflow/context/task-holder.ts'
import { taskRecord, type TaskRecord } from '../workflow/task-record.ts'
import { FEATURE_ARGUMENT, required, type Command } from './command.ts'
import { joinAsLines } from '../runner/safe-text.ts'

/** Commands that show what is recorded. They write nothing. */
export const historyCommands: Command[] = [
  {
    name: 'log',
    usage: '[FEATURE]',
    summary: 'show the events of a feature, oldest first',
    description:
      'Shows every event of the ledger in one line: when, the task, what happened, and the short id. With --json it prints the events as they are recorded. Writes nothing.',
    arguments: FEATURE_ARGUMENT,
    examples: ['redgreen log', 'redgreen log 001-chat --json'],
    async run(call, { positionals: [feature] }) {
      const { ledger, plan } = await loadContext({ ...call, feature: feature ?? call.feature })
      const { events } = ledger
      const empty = `Nothing is recorded for ${plan.feature.id} yet.`
      return {
        data: { feature: plan.feature.id, events },
        text: joinAsLines(events.length > 0 ? events.map(eventLine) : [empty]),
      }
    },
  },
  {
    name: 'show',
    usage: 'TASK',
    summary: 'show everything that is recorded about a task',
    description:
      'Shows what a task asks for and asked for when it was started, its stage and holder, its tests with their outcomes at RED, at GREEN and in the latest run, the files that it changed, the git command for the difference, and its events. Writes nothing.',
    arguments: { TASK: 'Id of the task, such as T012.' },
    examples: ['redgreen show T012', 'redgreen show T012 --json'],
    async run(call, args) {
      const data = await taskRecord(call, required(args, 0, 'TASK'))
      return { data, text: recordText(data) }
    },
  },
]

function recordText({ task, startedAs, tests, files, diff, events }: TaskRecord): string {
  const { holder } = task
  return joinAsLines([
    `${task.id} ${task.title}`,
    ...(task.changed === null ? [] : [`When it was started: ${startedAs ?? task.changed}`]),
    `${task.location.path}:${task.location.line}, ${task.phase}; proven as ${task.kind}; stage ${task.stage}`,
    ...(task.waived ? ['Waived by a human.'] : []),
    ...(task.error === null ? [] : [`Failed: ${task.error}`]),
    ...(holder ? [`${describeHolder(holder, task.id)}.`] : []),
    ...task.acceptance.map(criterion => `- ${criterion}`),
    ...section('Tests (RED → GREEN → now)', tests.map(testLine)),
    ...section('Files', [
      ...files.created.map(file => `created ${file}`),
      ...files.modified.map(file => `changed ${file}`),
      ...(diff?.split('\n') ?? []),
    ]),
    ...section('Events', events.map(eventLine)),
  ])
}

function testLine(test: TestRecord): string {
  const { file, red = '–', green = '–', passed, message } = test
  const now = passed ? 'passes' : `does not pass${message === undefined ? '' : ` (${message})`}`
  return `${file} > ${nameOfTest(test)}: ${red} → ${green} → ${now}`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map(line => `  ${line}`)]
}

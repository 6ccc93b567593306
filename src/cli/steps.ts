import { markCompleteTool } from '../tools/mark-complete.ts'
import { nextTaskTool } from '../tools/next-task.ts'
import { recordGreenTool } from '../tools/record-green.ts'
import { recordRedTool } from '../tools/record-red.ts'
import { reportFailureTool } from '../tools/report-failure.ts'
import { runValidationTool } from '../tools/run-validation.ts'
import type { AnyTool } from '../tools/tool.ts'
import { required, type Command } from './command.ts'

/** The steps of the loop as commands: the same input, the same answer, the same words as the tools. */
export const steps: Command[] = [
  {
    name: 'next-task',
    usage: '[TASK]',
    summary: 'start the task that is due, or the one that is named',
    run: (call, { positionals: [task] }) =>
      runTool(nextTaskTool, call, { ...(task !== undefined && { task }) }),
  },
  {
    name: 'record-red',
    usage: 'TASK TEST-FILE… [--name NAME]… [--late]',
    summary: 'see the new tests of a task fail',
    options: { name: { type: 'string', multiple: true }, late: { type: 'boolean' } },
    run: (call, args) => {
      const names = args.list('name')
      return runTool(recordRedTool, call, {
        task: required(args, 0, 'TASK'),
        tests: [required(args, 1, 'TEST-FILE'), ...args.positionals.slice(2)],
        ...(names.length > 0 && { names }),
        ...(args.flag('late') && { late: true }),
      })
    },
  },
  {
    name: 'record-green',
    usage: 'TASK [--check NAME]',
    summary: 'see them pass, or see what a check task names',
    options: { check: { type: 'string' } },
    run: (call, args) => {
      const check = args.text('check')
      const task = required(args, 0, 'TASK')
      return runTool(recordGreenTool, call, { task, ...(check !== undefined && { check }) })
    },
  },
  {
    name: 'mark-complete',
    usage: 'TASK [--refactor TEXT]',
    summary: 'check a proven task once more and tick it off',
    options: { refactor: { type: 'string' } },
    run: (call, args) => {
      const refactor = args.text('refactor')
      const task = required(args, 0, 'TASK')
      return runTool(markCompleteTool, call, { task, ...(refactor !== undefined && { refactor }) })
    },
  },
  {
    name: 'run-validation',
    usage: '',
    summary: 'suite, types and lint on the finished feature',
    run: call => runTool(runValidationTool, call, {}),
  },
  {
    name: 'report-failure',
    usage: 'TASK --error TEXT [--file PATH]… [--cause TEXT]',
    summary: 'say that a task cannot be finished',
    options: {
      error: { type: 'string' },
      file: { type: 'string', multiple: true },
      cause: { type: 'string' },
    },
    run: (call, args) => {
      const cause = args.text('cause')
      return runTool(reportFailureTool, call, {
        task: required(args, 0, 'TASK'),
        error: args.text('error'),
        files: args.list('file'),
        ...(cause !== undefined && { cause }),
      })
    },
  },
]

async function runTool(tool: AnyTool, ...[call, input]: Parameters<AnyTool['answer']>) {
  const { structured, text } = await tool.answer(call, input)
  const passed = structured['passed'] !== false
  return { data: structured, text, exitCode: passed ? (0 as const) : (1 as const) }
}

import { markCompleteTool } from '../tools/mark-complete.ts'
import { nextTaskTool } from '../tools/next-task.ts'
import { recordGreenTool } from '../tools/record-green.ts'
import { recordRedTool } from '../tools/record-red.ts'
import { reportFailureTool } from '../tools/report-failure.ts'
import { runValidationTool } from '../tools/run-validation.ts'
import type { AnyTool } from '../tools/tool.ts'
import type { Call } from '../workflow/context/call.ts'
import { required, type Command, type Printed } from './command.ts'

const TASK = 'Id of the task, such as T012.'

/** The steps of the loop as commands, with the same input and the same answers as the tools. */
export const stepCommands: Command[] = [
  {
    name: 'next-task',
    usage: '[TASK]',
    summary: 'start the next task, or a specific one',
    description:
      'Starts the next task, or continues the current one, and prints its files, acceptance criteria and required proof. If a failed task has halted the feature, name that task to resume.',
    arguments: { TASK: 'Id of a specific task to start, such as T012.' },
    examples: ['redgreen next-task', 'redgreen next-task T012'],
    run: (call, { positionals: [task] }) =>
      runTool(nextTaskTool, call, { ...(task !== undefined && { task }) }),
  },
  {
    name: 'record-red',
    usage: 'TASK TEST-FILE… [--name NAME]… [--late]',
    summary: 'run the new tests and record that they fail',
    description:
      'Runs the new tests of a started task and records that they fail. Use it before writing the code. Tests that pass, are skipped or cannot be loaded are refused.',
    arguments: { TASK, 'TEST-FILE': 'Test file relative to the project folder.' },
    options: {
      name: {
        type: 'string',
        multiple: true,
        value: 'NAME',
        description: 'Full name of a test to run; default: all tests of the files.',
      },
      late: {
        type: 'boolean',
        description:
          'The code already exists: run the tests against the pre-task source in a temporary checkout.',
      },
    },
    examples: [
      'redgreen record-red T012 tests/chat.test.ts',
      'redgreen record-red T012 tests/chat.test.ts --name "chat > sends a message"',
    ],
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
    summary: 'run the same tests and record that they pass',
    description:
      'Runs the red tests again, unchanged, and records that each of them passes. Use it after writing the code. For a task of kind check it verifies the files that the task names, and runs the named check.',
    arguments: { TASK },
    options: {
      check: {
        type: 'string',
        value: 'NAME',
        description: 'Name of a check in the settings, such as types; for kind check only.',
      },
    },
    examples: ['redgreen record-green T012', 'redgreen record-green T003 --check build'],
    run: (call, args) => {
      const check = args.text('check')
      const task = required(args, 0, 'TASK')
      return runTool(recordGreenTool, call, { task, ...(check !== undefined && { check }) })
    },
  },
  {
    name: 'mark-complete',
    usage: 'TASK [--refactor TEXT]',
    summary: 'run the suite and the linter, then tick the task',
    description:
      'Finishes a proven task: runs the suite and the linter, then ticks the task in the plan. A task of kind person is confirmed here, on the terminal.',
    arguments: { TASK },
    options: {
      refactor: {
        type: 'string',
        value: 'TEXT',
        description: 'What was cleaned up, or why nothing was.',
      },
    },
    examples: [
      'redgreen mark-complete T012',
      'redgreen mark-complete T012 --refactor "none needed"',
    ],
    run: (call, args) => {
      const refactor = args.text('refactor')
      const task = required(args, 0, 'TASK')
      return runTool(markCompleteTool, call, { task, ...(refactor !== undefined && { refactor }) })
    },
  },
  {
    name: 'run-validation',
    usage: '',
    summary: 'validate the finished feature',
    description:
      'Runs the full suite, type checker and linter on the finished feature, then starts the application, if there is one, and checks it. Needs every task done. Attempts are limited (limits.validationAttempts).',
    exitCode1: 'the validation failed',
    examples: ['redgreen run-validation'],
    run: call => runTool(runValidationTool, call, {}),
  },
  {
    name: 'report-failure',
    usage: 'TASK --error TEXT [--file PATH]… [--cause TEXT]',
    summary: 'record that a task cannot be finished',
    description:
      'Records that a started task cannot be finished. After a sequential task the feature halts until the task is fixed; after a parallel one the other tasks continue.',
    arguments: { TASK },
    options: {
      error: { type: 'string', value: 'TEXT', description: 'What went wrong; required.' },
      file: { type: 'string', multiple: true, value: 'PATH', description: 'Affected file.' },
      cause: { type: 'string', value: 'TEXT', description: 'Likely cause.' },
    },
    examples: ['redgreen report-failure T012 --error "port 3000 is in use" --file src/server.ts'],
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

async function runTool(
  tool: AnyTool,
  call: Call,
  input: Record<string, unknown>,
): Promise<Printed> {
  const { structured, text } = await tool.prepare(input).run(call)
  return { data: structured, text, exitCode: structured['passed'] === false ? 1 : 0 }
}

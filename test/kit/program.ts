import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'

/** The built program. */
export const PROGRAM = path.resolve('dist/cli.js')

if (process.env['REDGREEN_TEST_WITHOUT_BUILD'])
  throw new Error('This test starts the built program. Exclude it from UNIT in vitest.config.ts.')

interface Finished {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs a command of the built program on a project, without a terminal, and waits for its end. */
export function runCommand(
  { root }: { root: string },
  args: readonly string[],
  { input, env }: { input?: string; env?: Record<string, string> } = {},
): Finished {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, ...args, '--root', root],
    { encoding: 'utf8', ...(input !== undefined && { input }), ...(env && { env }) },
  )
  return { status, stdout, stderr }
}

/** The same by a program that writes "yes" into a pipe, in the place of a human. */
export function throughPipe(project: { root: string }, ...args: string[]): Finished {
  return runCommand(project, args, { input: 'yes\nyes\nyes\nyes\n' })
}

/** A human at a real terminal, who runs a command and types one answer. */
export function atTerminal(
  { root }: { root: string },
  answer: string,
  ...args: string[]
): Omit<Finished, 'stderr'> {
  const command = [process.execPath, PROGRAM, ...args, '--root', root]
  const line = command.map(word => `'${word}'`).join(' ')
  // The time-out ends a command that asks for a second answer.
  const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
    encoding: 'utf8',
    input: `${answer}\n`,
    timeout: 60_000,
  })
  return { status, stdout }
}

/** Whether `atTerminal` works here: it needs `script` of util-linux. */
export const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

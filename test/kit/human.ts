import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Project } from './project.ts'

/** A person at a real terminal, who runs one of the commands and types an answer. */
export function atTerminal(
  { root }: Pick<Project, 'root'>,
  answer: string,
  ...args: string[]
): { status: number | null; stdout: string } {
  const command = [process.execPath, path.resolve('dist/cli.js'), ...args, '--root', root]
  const line = command.map(word => `'${word}'`).join(' ')
  const script = ['-qec', line, '/dev/null']
  // More is asked than was answered: nobody comes to answer that.
  const options = { encoding: 'utf8', input: `${answer}\n`, timeout: 60_000 } as const
  const { status, stdout } = spawnSync('script', script, options)
  return { status, stdout }
}

/** Can a person be played? With the `script` of util-linux only. */
export const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

/** A program in the person's place: it has no terminal, and writes its answer into a pipe. */
export function throughPipe(
  { root }: Pick<Project, 'root'>,
  ...args: string[]
): { status: number | null; stderr: string } {
  const words = [path.resolve('dist/cli.js'), ...args, '--root', root]
  const options = { encoding: 'utf8', input: 'yes\nyes\nyes\nyes\n' } as const
  const { status, stderr } = spawnSync(process.execPath, words, options)
  return { status, stderr }
}

import { spawn } from 'node:child_process'
import process from 'node:process'
import { stripVTControlCharacters } from 'node:util'
import { UnexpectedAnswer } from './unexpected-answer.ts'

/** The demo cannot open a pseudo-terminal to answer for the human. It ends without an error. */
export class NoTty extends Error {
  override name = 'NoTty'
}

/** Runs commands of the built program: without a terminal, as an assistant does, and at one, as a human does. */
export class Terminal {
  readonly #argv: string[]
  readonly #root: string

  constructor(program: string, root: string) {
    this.#argv = [process.execPath, program]
    this.#root = root
  }

  /** Runs a command without a terminal and returns its output; throws when the exit code differs. */
  async withoutTty(args: readonly string[], exitCode: number): Promise<string> {
    const end = await run([...this.#argv, ...args, '--root', this.#root], '')
    if (end.exitCode === exitCode) return end.output
    throw new UnexpectedAnswer(
      `redgreen ${args.join(' ')} exited with ${end.exitCode}, expected ${exitCode}:\n${end.output}`,
    )
  }

  /** Runs a command at a pseudo-terminal, answers yes to everything, and returns the last line of its output. */
  async asHuman(command: string): Promise<string> {
    if (!(await hasScript())) throw new NoTty(NO_TTY)
    const args = [...this.#argv, command, '--root', this.#root]
    const line = args.map(arg => `'${arg.replaceAll("'", String.raw`'\''`)}'`).join(' ')
    const { exitCode, output } = await run(
      ['script', '-qec', line, '/dev/null'],
      'yes\n'.repeat(MAX_QUESTIONS),
    )
    const lines = stripVTControlCharacters(output).split(/[\r\n]+/)
    const last = lines.findLast(text => text.trim() !== '')
    if (exitCode === 0 && last !== undefined) return last
    throw new UnexpectedAnswer(
      `redgreen ${command} at a terminal exited with ${exitCode}:\n${output}`,
    )
  }
}

/** Only `script` of util-linux takes these arguments. */
async function hasScript(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const { exitCode, output } = await run(['script', '--version'], '')
  return exitCode === 0 && output.includes('util-linux')
}

function run(
  [command = '', ...args]: readonly string[],
  input: string,
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise(resolve => {
    const child = spawn(command, args)
    let output = ''
    const append = (part: Buffer) => (output += part.toString())
    child.stdout.on('data', append)
    child.stderr.on('data', append)
    child.once('error', ({ message }) => resolve({ exitCode: null, output: message }))
    child.once('close', exitCode => resolve({ exitCode, output: output.trim() }))
    // A program that has already exited does not read its input.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const MAX_QUESTIONS = 20

const NO_TTY =
  'A human has to answer at a terminal here. The demo can do this only on Linux, with the program `script`.'

import { spawn } from 'node:child_process'
import process from 'node:process'
import { stripVTControlCharacters } from 'node:util'
import { Surprise } from './unexpected-answer.ts'

/** There is nobody to ask: the play is over, and nothing went wrong. */
export class Nobody extends Error {
  override name = 'Nobody'
}

/** The command line of the built program: as the assistant can call it, and as a person at a terminal does. */
export class Terminal {
  readonly #argv: string[]
  readonly #root: string

  constructor(program: string, root: string) {
    this.#argv = [process.execPath, program]
    this.#root = root
  }

  /** What the program prints without a terminal; throws when it does not end with this exit code. */
  async withoutPerson(words: readonly string[], exitCode: number): Promise<string> {
    const end = await run([...this.#argv, ...words, '--root', this.#root], '')
    if (end.exitCode === exitCode) return end.printed
    throw new Surprise(`redgreen ${words.join(' ')} ended with ${end.exitCode}:\n${end.printed}`)
  }

  /** The last line that the program prints to a person who answers yes at a pseudo-terminal. */
  async withPerson(command: string): Promise<string> {
    if (!(await hasScript())) throw new Nobody(NOBODY)
    const words = [...this.#argv, command, '--root', this.#root]
    const line = words.map(word => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')
    const { exitCode, printed } = await run(
      ['script', '-qec', line, '/dev/null'],
      'yes\n'.repeat(POINTS),
    )
    const said = stripVTControlCharacters(printed).split(/[\r\n]+/)
    const last = said.findLast(text => text.trim() !== '')
    if (exitCode === 0 && last !== undefined) return last
    throw new Surprise(
      `redgreen ${command}, asked at a terminal, ended with ${exitCode}:\n${printed}`,
    )
  }
}

/** The `script` of util-linux; those of other systems take other arguments. */
async function hasScript(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const { exitCode, printed } = await run(['script', '--version'], '')
  return exitCode === 0 && printed.includes('util-linux')
}

function run(
  [command = '', ...args]: readonly string[],
  typed: string,
): Promise<{ exitCode: number | null; printed: string }> {
  return new Promise(resolve => {
    const child = spawn(command, args)
    let printed = ''
    const note = (part: Buffer) => (printed += part.toString())
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    child.once('error', ({ message }) => resolve({ exitCode: null, printed: message }))
    child.once('close', exitCode => resolve({ exitCode, printed: printed.trim() }))
    // A program that has ended already reads nothing any more.
    child.stdin.on('error', () => {})
    child.stdin.end(typed)
  })
}

/** More than anybody is asked at once. */
const POINTS = 20

const NOBODY =
  'Here a person answers at a terminal. The demo plays that person with `script` of Linux.'

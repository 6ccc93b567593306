import process from 'node:process'
import { parseArgs } from 'node:util'
import { useCompiledCode } from './compile-cache.ts'
import { usePlainSchemas } from './plain-schemas.ts'
import type { CompiledCode } from './compiled-code.ts'

/** Runs the program: a command, or without one the stdio server. Modules are imported only when needed. */
export async function main(argv: readonly string[], code: CompiledCode): Promise<void> {
  const [first] = argv
  if (
    first === undefined ||
    (first.startsWith('-') && !['--help', '-h', '--version'].includes(first))
  ) {
    return serve(argv, code)
  }
  if (first === 'hook' && !argv.includes('--help') && !argv.includes('-h')) {
    // Standard input is a terminal, so no client is connected.
    if (process.stdin.isTTY) return main([first, '--help'], code)
    await import('../hook/main.ts')
    return
  }
  if (first === 'merge-driver') {
    const { runMergeDriver } = await import('./merge-driver.ts')
    process.exitCode = await runMergeDriver(argv.slice(1))
    return
  }
  if (first === '--version') return print((await import('../server/version.ts')).VERSION)
  const { commands, runCommand } = await import('./run-command.ts')
  const command = commands.find(({ name }) => name === first)
  if (command) {
    process.exitCode = await runCommand(command, argv.slice(1))
    return
  }
  const { help, unknownCommand } = await import('./help.ts')
  if (['--help', '-h', 'help'].includes(first)) return print(await own(help(commands)))
  const { similarName } = await import('../plan/similar-name.ts')
  const names = commands.map(({ name }) => name)
  process.stderr.write(`${await own(unknownCommand(first, similarName(first, names)))}\n`)
  process.exitCode = 2
}

async function serve(argv: readonly string[], code: CompiledCode): Promise<void> {
  const root = rootFrom(argv)
  if (process.stdin.isTTY) {
    const { commands } = await import('./run-command.ts')
    const { help } = await import('./help.ts')
    return print(await own(help(commands)))
  }
  const onAnswer = useCompiledCode(code)
  usePlainSchemas()
  const { startStdio } = await import('../server/stdio.ts')
  startStdio({ root: root ?? process.env['REDGREEN_ROOT'], onAnswer })
}

function rootFrom(argv: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...argv], options: { root: { type: 'string' } } }).values.root
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}

async function own(text: string): Promise<string> {
  return (await import('../runner/own-command.ts')).withOwnCommand(text)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

// The reader of the output may close the pipe, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 3)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

/** Runs a command as a person would, without a terminal; throws if its exit code is another one. */
export async function runByHand(
  cwd: string,
  [command = '', ...args]: readonly string[],
  exitCode: number,
): Promise<void> {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, CI: '1', NO_COLOR: '1' }
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', chunk => (output += String(chunk)))
  child.stderr.on('data', chunk => (output += String(chunk)))
  const [code]: unknown[] = await once(child, 'close')
  if (code !== exitCode)
    throw new Error(`\`${command} ${args.join(' ')}\` ended with ${String(code)}: ${output}`)
}

import type { CannotServe } from '../server/http/serve.ts'
import type { Printed } from './command.ts'

/** Where a server of this program prints: its address alone on the standard output, everything else for the human. */
export const serverOutput = {
  onListen: (address: string) => void process.stdout.write(`${address}\n`),
  hint: (text: string) => void process.stderr.write(`${text}\n`),
}

/** Runs a server until it is stopped. If it cannot start, prints why; the exit code is 2. `Failure` is passed in, because its module is slow to load. */
export async function untilStopped(
  Failure: typeof CannotServe,
  serve: () => Promise<void>,
): Promise<Printed> {
  try {
    await serve()
    return { data: null, text: '' }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    process.stderr.write(`${error.message}\n`)
    return { data: null, text: '', exitCode: 2 }
  }
}

import process from 'node:process'
import { safeText } from '../runner/safe-text.ts'
import { mergeFile } from '../store/merge-file.ts'

/**
 * `redgreen merge-driver %O %A %B %P`, which git calls as `init` has registered it. Returns the exit code: 0 if it has merged the file.
 * After any other one the file is unchanged, and the registered command lets git merge it.
 */
export async function runMergeDriver(argv: readonly string[]): Promise<number> {
  const [base, ours, theirs, file] = argv
  if (base === undefined || ours === undefined || theirs === undefined || file === undefined) {
    process.stderr.write('Usage: redgreen merge-driver BASE OURS THEIRS PATH\n')
    return 2
  }
  try {
    return (await mergeFile({ base, ours, theirs, file }, process.cwd())) ? 0 : 1
  } catch (error) {
    process.stderr.write(`${safeText(error instanceof Error ? error.message : String(error))}\n`)
    return 3
  }
}

import process from 'node:process'
import { safeText } from '../runner/safe-text.ts'
import { mergeFile } from '../store/merge-file.ts'

/**
 * `redgreen merge-driver %O %A %B %P`, which git calls as `init` has registered it. It exits with 0 if it has merged the file. After any
 * other exit code the file is unchanged, and the registered command lets git merge it.
 */
const [base, ours, theirs, file] = process.argv.slice(3)
if (base === undefined || ours === undefined || theirs === undefined || file === undefined) {
  process.stderr.write('Usage: redgreen merge-driver BASE OURS THEIRS PATH\n')
  process.exitCode = 2
} else {
  try {
    process.exitCode = (await mergeFile({ base, ours, theirs, file }, process.cwd())) ? 0 : 1
  } catch (error) {
    process.stderr.write(`${safeText(error instanceof Error ? error.message : String(error))}\n`)
    process.exitCode = 3
  }
}

import { mergeMarks } from '../dialects/merge-marks.ts'
import { mergeLedgers } from '../evidence/merge-ledgers.ts'
import { findProgram } from '../runner/program.ts'
import { writeFile } from './files.ts'
import { decodeText, encodeText } from './text-encoding.ts'
import { readBytes } from './read-file.ts'
import { runGitProcess } from './git-process.ts'
import { gitEnvironment, safeArguments } from './git-safety.ts'

/** The three versions of a file that git gives to a merge driver, as paths. */
export interface MergeRequest {
  base: string
  /** The result is written here. */
  ours: string
  theirs: string
  /** The path of the file in the repository. */
  file: string
}

/** Merges a ledger, or the marks of a plan. Returns `false`, and writes nothing, if git has to merge the file itself. */
export async function mergeFile(request: MergeRequest, cwd: string): Promise<boolean> {
  const [ours, theirs] = [readBytes(request.ours), readBytes(request.theirs)]
  if (!ours || !theirs) return false
  const merged = LEDGER.test(request.file)
    ? mergeLedgers(ours.toString('utf8'), theirs.toString('utf8'))
    : await mergePlan(request, [ours, theirs], cwd)
  if (merged === undefined) return false
  writeFile(request.ours, merged)
  return true
}

const LEDGER = /(?:^|\/)\.redgreen\/ledger\/.+\.jsonl$/

/** Git merges the file, and marks are merged where it cannot. A file of which a version does not end its last line is left to git. */
async function mergePlan(
  { ours, base, theirs }: MergeRequest,
  sides: readonly Buffer[],
  cwd: string,
): Promise<Buffer | undefined> {
  const versions = [...sides, readBytes(base) ?? Buffer.alloc(0)]
  if (versions.some(bytes => bytes.length > 0 && bytes.at(-1) !== NEW_LINE)) return undefined
  const program = findProgram('git', cwd)
  if (program === undefined) return undefined
  const size = markerSize(versions.map(decodeText))
  const options = ['-p', '--diff3', `--marker-size=${size}`, ours, base, theirs]
  const { end, out } = await runGitProcess({
    argv: [program, ...safeArguments(['merge-file', ...options])],
    shown: 'git merge-file',
    cwd,
    env: gitEnvironment({ root: cwd }),
  })
  // The number of conflicts; more than 127 is an error.
  if (typeof end !== 'number' || end > MAX_CONFLICTS) return undefined
  const text = mergeMarks(decodeText(out), size)
  return text === undefined ? undefined : encodeText(text, out)
}

const NEW_LINE = 0x0a
const MAX_CONFLICTS = 127

/** A size that no line of the file can be mistaken for. */
function markerSize(texts: readonly string[]): number {
  const runs = texts.flatMap(text => text.match(/^([<>|=])\1*/gm) ?? [])
  return Math.max(20, ...runs.map(run => run.length + 1))
}

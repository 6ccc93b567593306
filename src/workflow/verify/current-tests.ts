import { provenTests, type ProvenTest } from '../../evidence/proven-tests.ts'
import { git } from '../../store/git.ts'
import { literalPath } from '../../store/literal-path.ts'
import { takeTree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { mayHaveMoved, recordedFiles } from '../context/moved-files.ts'
import { runTestsAt } from '../testing/test-run.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'
import { finding, type Finding } from './finding.ts'

/**
 * Test files that proved tasks and do not exist. A file that was committed and deleted later is fine: that is how projects
 * change.
 */
export async function absentTests(context: Context): Promise<Finding[]> {
  const absent = [...provingFiles(context)].filter(([file]) => !context.reader.exists(file))
  if (absent.length === 0) return []
  const hashes = new Set(Object.values((await takeTree(context.workspace)).files))
  const findings: Finding[] = []
  for (const [file, { task, sha256 }] of absent) {
    const isRenamed = hashes.has(sha256)
    const commits = isRenamed ? undefined : await describeCommits(context, file)
    if (commits === undefined || (await isMoved(context, task, file))) continue
    findings.push(finding(context, task, `was proven by ${file}, which does not exist${commits}`))
  }
  return findings
}

/** Whether a squash merge may have brought the file under another name. */
async function isMoved(context: Context, task: string, file: string): Promise<boolean> {
  const { events } = context.ledger
  const since = events.find(event => 'task' in event && event.task === task)?.at ?? ''
  return mayHaveMoved(context.workspace, { names: [file], since }, recordedFiles(events))
}

/** What git knows about a missing file; `undefined` if it was committed once. */
async function describeCommits({ workspace }: Context, file: string): Promise<string | undefined> {
  const commit = await git(workspace, [...LOG_ANY_COMMIT, '--', literalPath(file)])
  if (commit) return undefined
  const isShallow = await git(workspace, ['rev-parse', '--is-shallow-repository'])
  if (isShallow?.trim() !== 'true') return ' and was never committed'
  return '; this shallow clone does not show whether it was ever committed (use fetch-depth: 0)'
}

/** Also on branches that were merged, whose files git would skip if they were renamed there. */
const LOG_ANY_COMMIT = ['log', '-1', '--format=%H', '--full-history']

/** Tests that proved tasks and fail on the current files. */
export async function failingTests(context: Context): Promise<Finding[]> {
  const proven = provenTests(context.ledger.events)
  const present = [...provingFiles(context).keys()].filter(file => context.reader.exists(file))
  const findings: Finding[] = []
  for (const [testRunner, files] of byTestRunner(context, present)) {
    const { outcome } = await runTestsAt(context, testRunner, context.workspace.root, {
      files,
      names: [],
    })
    const notLoaded = new Set(outcome.loadErrors.map(({ file }) => file))
    const outcomes = new Map(outcome.tests.map(test => [test.id, test.outcome]))
    for (const [id, { task, file }] of proven) {
      if (!files.includes(file)) continue
      const current = notLoaded.has(file) ? 'not loaded' : outcomes.get(id)
      if (current === undefined || current === 'passed') continue
      findings.push(finding(context, task, `was proven by "${id}", which is now ${current}`))
    }
    if (outcome.end !== 'complete') {
      const [first = ''] = files
      findings.push({ path: first, line: 1, text: 'The current tests did not run to their end.' })
    }
  }
  return findings
}

/** The files of the tests that proved tasks, each with one of its proofs. */
function provingFiles(context: Context): Map<string, ProvenTest> {
  return new Map([...provenTests(context.ledger.events).values()].map(proof => [proof.file, proof]))
}

/** Groups files so that each test runner in each package runs once. */
function byTestRunner(context: Context, files: readonly string[]): [TestRunner, string[]][] {
  const groups = new Map<string, [TestRunner, string[]]>()
  for (const file of files) {
    const testRunner = findTestRunner(context, file)
    if (!testRunner) continue
    const key = `${testRunner.framework.name} ${testRunner.package.folder}`
    const group = groups.get(key) ?? [testRunner, []]
    group[1].push(file)
    groups.set(key, group)
  }
  return [...groups.values()]
}

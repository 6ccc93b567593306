import type { Proof } from '../../evidence/proven.ts'
import { provenTests } from '../../evidence/proven.ts'
import { git } from '../../store/git.ts'
import { takeTree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { findTestRunner, type TestRunner } from '../testing/test-runner.ts'
import { runTestsAt } from '../testing/test-run.ts'
import { finding, type Finding } from './finding.ts'

/**
 * Test files that tasks were proven by, and that are not there: evidence without the work. What was committed once and
 * taken away later, in the open, is how projects go on.
 */
export async function absentTests(context: Context): Promise<Finding[]> {
  const proofs = filesOf(context)
  const absent = [...proofs].filter(([file]) => !context.reader.exists(file))
  if (absent.length === 0) return []
  const now = new Set(Object.values((await takeTree(context.workspace)).files))
  const findings: Finding[] = []
  for (const [file, { task, sha256 }] of absent) {
    const isRenamed = now.has(sha256)
    const past = isRenamed ? '' : await pastOf(context, file)
    if (past === undefined || isRenamed) continue
    findings.push(finding(context, task, `was proven by ${file}, which is not there${past}`))
  }
  return findings
}

/** `undefined` for a file that was committed and taken away; else what can be said of its past. */
async function pastOf({ workspace }: Context, file: string): Promise<string | undefined> {
  const known = await git(workspace, ['log', '-1', '--format=%H', '--', file])
  if (known) return undefined
  const loadFailure = await git(workspace, ['rev-parse', '--is-shallow-repository'])
  if (loadFailure?.trim() !== 'true') return ' and was never committed'
  return ', and this shallow clone does not tell whether it ever was (fetch-depth: 0)'
}

/** Proven tests, run on the files as they are now: none of them fails. */
export async function failingTests(context: Context): Promise<Finding[]> {
  const proven = provenTests(context.ledger.events)
  const there = [...filesOf(context).keys()].filter(file => context.reader.exists(file))
  const findings: Finding[] = []
  for (const [testRunner, files] of testRunnersOf(context, there)) {
    const { outcome } = await runTestsAt(context, testRunner, context.workspace.root, {
      files,
      names: [],
    })
    const broken = new Set(outcome.loadErrors.map(({ file }) => file))
    const now = new Map(outcome.tests.map(test => [test.id, test.outcome]))
    for (const [id, { task, file }] of proven) {
      if (!files.includes(file)) continue
      const seen = broken.has(file) ? 'not loaded' : now.get(id)
      if (seen === undefined || seen === 'passed') continue
      findings.push(finding(context, task, `was proven by "${id}", which is ${seen} by now`))
    }
    if (outcome.end !== 'complete') {
      const [first = ''] = files
      findings.push({ path: first, line: 1, text: `The tests of now did not run to their end.` })
    }
  }
  return findings
}

/** The files of proven tests, each with one of its proofs. */
function filesOf(context: Context): Map<string, Proof> {
  return new Map([...provenTests(context.ledger.events).values()].map(proof => [proof.file, proof]))
}

/** Files by what runs them: one run for each runner in each package. */
function testRunnersOf(context: Context, files: readonly string[]): [TestRunner, string[]][] {
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

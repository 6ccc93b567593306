import type { Proof } from '../../evidence/proven.ts'
import { provenTests } from '../../evidence/proven.ts'
import { git } from '../../store/git.ts'
import { takeTree } from '../../store/tree.ts'
import type { Desk } from '../context/context.ts'
import { findBench, type Bench } from '../testing/test-runner.ts'
import { runAt } from '../testing/test-run.ts'
import { finding, type Finding } from './finding.ts'

/**
 * Test files that tasks were proven by, and that are not there: evidence without the work. What was committed once and
 * taken away later, in the open, is how projects go on.
 */
export async function absentTests(desk: Desk): Promise<Finding[]> {
  const proofs = filesOf(desk)
  const absent = [...proofs].filter(([file]) => !desk.shelf.exists(file))
  if (absent.length === 0) return []
  const now = new Set(Object.values((await takeTree(desk.workspace)).files))
  const findings: Finding[] = []
  for (const [file, { task, sha256 }] of absent) {
    const isRenamed = now.has(sha256)
    const past = isRenamed ? '' : await pastOf(desk, file)
    if (past === undefined || isRenamed) continue
    findings.push(finding(desk, task, `was proven by ${file}, which is not there${past}`))
  }
  return findings
}

/** `undefined` for a file that was committed and taken away; else what can be said of its past. */
async function pastOf({ workspace }: Desk, file: string): Promise<string | undefined> {
  const known = await git(workspace, ['log', '-1', '--format=%H', '--', file])
  if (known) return undefined
  const shallow = await git(workspace, ['rev-parse', '--is-shallow-repository'])
  if (shallow?.trim() !== 'true') return ' and was never committed'
  return ', and this shallow clone does not tell whether it ever was (fetch-depth: 0)'
}

/** Proven tests, run on the files as they are now: none of them fails. */
export async function failingNow(desk: Desk): Promise<Finding[]> {
  const proven = provenTests(desk.ledger.events)
  const there = [...filesOf(desk).keys()].filter(file => desk.shelf.exists(file))
  const findings: Finding[] = []
  for (const [bench, files] of benchesOf(desk, there)) {
    const { outcome } = await runAt(desk, bench, desk.workspace.root, { files, names: [] })
    const broken = new Set(outcome.loadErrors.map(({ file }) => file))
    const now = new Map(outcome.tests.map(test => [test.id, test.outcome]))
    for (const [id, { task, file }] of proven) {
      if (!files.includes(file)) continue
      const seen = broken.has(file) ? 'not loaded' : now.get(id)
      if (seen === undefined || seen === 'passed') continue
      findings.push(finding(desk, task, `was proven by "${id}", which is ${seen} by now`))
    }
    if (outcome.end !== 'complete') {
      const [first = ''] = files
      findings.push({ path: first, line: 1, text: `The tests of now did not run to their end.` })
    }
  }
  return findings
}

/** The files of proven tests, each with one of its proofs. */
function filesOf(desk: Desk): Map<string, Proof> {
  return new Map([...provenTests(desk.ledger.events).values()].map(proof => [proof.file, proof]))
}

/** Files by what runs them: one run for each runner in each package. */
function benchesOf(desk: Desk, files: readonly string[]): [Bench, string[]][] {
  const groups = new Map<string, [Bench, string[]]>()
  for (const file of files) {
    const bench = findBench(desk, file)
    if (!bench) continue
    const key = `${bench.framework.name} ${bench.package.folder}`
    const group = groups.get(key) ?? [bench, []]
    group[1].push(file)
    groups.set(key, group)
  }
  return [...groups.values()]
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Outcome } from '../../src/evidence/outcome.ts'
import { mutantOutcome } from '../../src/evidence/mutant-outcome.ts'
import { judgeMutants } from '../../src/evidence/mutation-verdict.ts'
import {
  failingAssertions,
  type FailingAssertions,
} from '../../src/mutation/assertions/failing-assertions.ts'
import { withOriginal } from '../../src/mutation/original-comment.ts'
import { frameworks } from '../../src/runner/frameworks/index.ts'
import { runTests } from '../../src/runner/tests.ts'
import { replaceSource } from '../../src/store/checkout/replace-source.ts'
import { changesOf } from '../../src/workflow/mutation/changed-code.ts'
import { tryMutants, type MutantRuns } from '../../src/workflow/mutation/try-mutants.ts'
import { describeWeakTests } from '../../src/workflow/response/mutation-notes.ts'

/** Code before and after a task, and the test that it was proven with. */
export interface MutationCase {
  name: string
  runner: string
  /** Text of the changed sources by path; before: absent for a new file. */
  before: Record<string, string>
  code: Record<string, string>
  test: Record<string, string>
  /** What else the project has. */
  more: Record<string, string>
}

/** The verdict on a case, with what `mark_complete` says about weak tests or why nothing was checked. */
export interface CaseVerdict {
  verdict: 'noticed' | 'weak' | 'not-checked'
  text: string
  runs: number
}

/** Runs the mutation check in the project itself, without plan, ledger and git. Throws if the tests do not pass as they are. */
export function verdictOn(one: MutationCase): Promise<CaseVerdict> {
  return inFolder(one, root => check(root, one))
}

async function inFolder<T>(one: MutationCase, work: (root: string) => Promise<T>): Promise<T> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-mutants-')))
  try {
    for (const [file, text] of Object.entries({ ...one.more, ...one.test, ...one.code })) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    return await work(root)
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The tests of a case that pass although each of their assertions fails as soon as it is reached; `judged`: those that have any. */
export async function unreachedIn(
  one: MutationCase,
): Promise<{ judged: string[]; unreached: string[] }> {
  return inFolder(one, async root => {
    const found = new Map<string, FailingAssertions>()
    for (const [file, text] of Object.entries(one.test)) {
      const changed = await failingAssertions(file, text)
      if (changed) found.set(file, changed)
      replaceSource(root, file, changed?.text ?? text, 1_000_000_000)
    }
    const { tests } = await runCase(root, one)
    const judged = tests.filter(({ id, file }) => found.get(file)?.reaches(id) !== undefined)
    const unreached = judged.filter(({ outcome }) => outcome === 'passed')
    return { judged: judged.map(({ id }) => id), unreached: unreached.map(({ id }) => id) }
  })
}

function runCase(root: string, { runner, test }: MutationCase): Promise<Outcome> {
  const framework = frameworks.find(({ name }) => name === runner)
  if (!framework) throw new Error(`There is no runner ${runner}.`)
  const files = Object.keys(test).map(file => path.join(root, file))
  const place = { framework, cwd: root, root, files }
  return runTests({ ...place, names: [], ownSources: undefined, timeoutMs: 120_000 })
}

async function check(root: string, one: MutationCase): Promise<CaseVerdict> {
  const run = () => runCase(root, one)
  const green = await run()
  const passed = green.tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)
  if (passed.length === 0 || passed.length < green.tests.length || green.exitCode !== 0)
    throw new Error(`The tests do not pass: ${green.output}`)
  const sources = Object.entries(one.code).map(([file, after]) => ({
    file,
    before: one.before[file],
    after,
  }))
  const code = await changesOf(sources, Object.values(one.test))
  if (typeof code === 'string') return { verdict: 'not-checked', text: code, runs: 0 }
  let runs = 0
  const mutantRuns: MutantRuns = {
    isReliable: () => Promise.resolve(true),
    async run(file, text) {
      const changed = text === undefined ? text : withOriginal(file, text, code.texts.get(file))
      replaceSource(root, file, changed, 1_000_000_000 + 2 * (runs += 1))
      const outcome = mutantOutcome(await run(), new Set(passed))
      replaceSource(root, file, code.texts.get(file), 1_000_000_001 + 2 * runs)
      return outcome
    },
  }
  const all = await tryMutants(code.mutants, mutantRuns, {
    minimum: 1,
    runs: 30,
    isNew: code.isNew,
    together: code.together,
  })
  const { empty } = code
  const { verdict, reason = '' } = judgeMutants(all.tried, all.open, {
    empty,
  })
  const text =
    verdict === 'weak'
      ? describeWeakTests({ mutants: all.tried, empty, tests: passed.length })
      : reason
  return { verdict, text, runs }
}

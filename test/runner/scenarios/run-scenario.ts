import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Outcome } from '../../../src/evidence/outcome.ts'
import { judgeGreen, judgeRed } from '../../../src/evidence/verdict.ts'
import { runTests } from '../../../src/runner/tests.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { writeFiles } from '../write-files.ts'
import { runsSlowTests } from '../../kit/slow.ts'
import { nodeModulesWith, succeeds } from './installed.ts'
import type { RunnerFixture, Scenario } from './scenario.ts'

/** Is everything installed that the fixture needs? */
export function isInstalled(fixture: RunnerFixture): boolean {
  const { module, programs = [], probes = [], paths = [] } = fixture
  if (module !== undefined && nodeModulesWith(module) === undefined) return false
  return programs.every(isOnPath) && paths.every(file => existsSync(file)) && probes.every(succeeds)
}

/** Does `npm test` run the fixture on this machine? Runners for Java are left out, because each run takes seconds to start. */
export function runsByDefault(fixture: RunnerFixture): boolean {
  return isInstalled(fixture) && (runsSlowTests || fixture.framework.language !== 'java')
}

/** The outcome of a scenario and the verdict of `record_red` on it. */
export interface ScenarioResult {
  verdict: string
  fact: string
  outcome: Outcome
}

/** Runs a scenario with the real runner in a new folder. */
export async function runScenario(
  fixture: RunnerFixture,
  scenario: Scenario,
): Promise<ScenarioResult> {
  const limit = scenario === 'hangs' ? (fixture.hangTimeoutMs ?? 3000) : TIME_LIMIT_MS
  return judge(await runText(fixture, fixture.tests[scenario], limit))
}

/** Runs one of the two tests of `named` by its name. */
export async function runNamedTest(fixture: RunnerFixture): Promise<Outcome | undefined> {
  if (fixture.named === undefined) return undefined
  const name = fixture.id.slice(`${fixture.test} > `.length)
  return await runText(fixture, fixture.named, TIME_LIMIT_MS, [name])
}

/** Does the outcome of `passes` turn the outcome of `fails` green? */
export function isGreenAfter(red: ScenarioResult, green: ScenarioResult): boolean {
  return judgeGreen(green.outcome, red.outcome.tests).proves === 'green'
}

const TIME_LIMIT_MS = 120_000

async function runText(
  { framework, files, test, module }: RunnerFixture,
  text: string,
  timeoutMs: number,
  names: string[] = [],
): Promise<Outcome> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-fixture-')))
  try {
    writeFiles(root, { ...files, [test]: text })
    const modules = module && nodeModulesWith(module)
    if (modules) symlinkSync(modules, path.join(root, 'node_modules'))
    const paths = [path.join(root, test)]
    return await runTests({ framework, cwd: root, root, files: paths, names, timeoutMs })
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

function judge(outcome: Outcome): ScenarioResult {
  const verdict = judgeRed(outcome, { kind: 'build', allowMissing: 'test', isOwn: () => false })
  return verdict.proves === 'red'
    ? { verdict: 'red', fact: '', outcome }
    : { verdict: verdict.code, fact: verdict.fact, outcome }
}

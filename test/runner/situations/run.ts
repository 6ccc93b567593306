import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Outcome } from '../../../src/evidence/outcome.ts'
import { judgeGreen, judgeRed } from '../../../src/evidence/verdict.ts'
import { runTests } from '../../../src/runner/tests.ts'
import { isOnPath } from '../../../src/runner/program.ts'
import { isThorough, modulesWith } from './installed.ts'
import type { Situation, Stage } from './situation.ts'

/** Can the stage be played on this machine? */
export function isInstalled({ module, programs = [], paths = [] }: Stage): boolean {
  if (module !== undefined && modulesWith(module) === undefined) return false
  return programs.every(isOnPath) && paths.every(file => existsSync(file))
}

/** Is it played by `npm test` here? A Java machine takes seconds to start, for each run. */
export function isPlayed(stage: Stage): boolean {
  return isInstalled(stage) && (isThorough || stage.framework.language !== 'java')
}

/** What a runner made of a situation. */
export interface Played {
  verdict: string
  fact: string
  outcome: Outcome
}

/** Plays a situation with the real runner in a new folder. */
export async function play(stage: Stage, schedule: Situation): Promise<Played | undefined> {
  const text = stage.tests[schedule]
  if (typeof text !== 'string') return undefined
  const limit = schedule === 'hangs' ? (stage.patience ?? 3000) : 120_000
  return judge(await playIn(stage, text, root => run(stage, root, limit)))
}

/** Runs one test of two by its name. */
export async function playNamed(stage: Stage): Promise<Outcome | undefined> {
  if (stage.named === undefined) return undefined
  const name = stage.id.slice(`${stage.test} > `.length)
  return await playIn(stage, stage.named, root => run(stage, root, 120_000, [name]))
}

/** Does the run of `passes` make the run of `fails` green? */
export function isGreenAfter(red: Played, green: Played): boolean {
  return judgeGreen(green.outcome, red.outcome.tests).proves === 'green'
}

async function playIn(
  stage: Stage,
  text: string,
  action: (root: string) => Promise<Outcome>,
): Promise<Outcome> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-stage-')))
  try {
    layOut(root, { ...stage.files, [stage.test]: text })
    const modules = stage.module && modulesWith(stage.module)
    if (modules) symlinkSync(modules, path.join(root, 'node_modules'))
    return await action(root)
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

function layOut(root: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
}

function run(
  { framework, test }: Stage,
  root: string,
  timeoutMs: number,
  names: string[] = [],
): Promise<Outcome> {
  const files = [path.join(root, test)]
  return runTests({ framework, cwd: root, root, files, names, timeoutMs })
}

function judge(outcome: Outcome): Played {
  const verdict = judgeRed(outcome, { kind: 'build', allowMissing: 'test', isOwn: () => false })
  return verdict.proves === 'red'
    ? { verdict: 'red', fact: '', outcome }
    : { verdict: verdict.code, fact: verdict.fact, outcome }
}

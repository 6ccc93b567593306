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
import { modulesWith } from './installed.ts'
import type { Situation, Stage } from './situation.ts'

/** Can the stage be played on this machine? */
export function isInstalled({ module, programs = [], paths = [] }: Stage): boolean {
  if (module !== undefined && modulesWith(module) === undefined) return false
  return programs.every(isOnPath) && paths.every(file => existsSync(file))
}

/** What a runner made of a situation. */
export interface Played {
  verdict: string
  fact: string
  outcome: Outcome
}

/** Plays a situation with the real runner in a new folder. */
export async function play(stage: Stage, situation: Situation): Promise<Played | undefined> {
  const text = stage.tests[situation]
  if (typeof text !== 'string') return undefined
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-stage-')))
  try {
    layOut(root, { ...stage.files, [stage.test]: text })
    const modules = stage.module && modulesWith(stage.module)
    if (modules) symlinkSync(modules, path.join(root, 'node_modules'))
    return judge(await run(stage, root, situation))
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Does the run of `passes` make the run of `fails` green? */
export function isGreenAfter(red: Played, green: Played): boolean {
  return judgeGreen(green.outcome, red.outcome.tests).proves === 'green'
}

function layOut(root: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
}

function run(stage: Stage, root: string, situation: Situation): Promise<Outcome> {
  const { framework, test, patience = 4000 } = stage
  return runTests({
    framework,
    cwd: root,
    root,
    files: [path.join(root, test)],
    names: [],
    timeoutMs: situation === 'hangs' ? patience : 120_000,
  })
}

function judge(outcome: Outcome): Played {
  const verdict = judgeRed(outcome, { kind: 'build', allowMissing: 'test', isOwn: () => false })
  return verdict.proves === 'red'
    ? { verdict: 'red', fact: '', outcome }
    : { verdict: verdict.code, fact: verdict.fact, outcome }
}

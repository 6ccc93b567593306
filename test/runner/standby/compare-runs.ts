import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { Outcome } from '../../../src/evidence/outcome.ts'
import type { Framework } from '../../../src/runner/framework.ts'
import { projectWith, resultLines } from '../project.ts'
import { writeFiles } from '../write-files.ts'
import type { WarmCase } from './cases.ts'
import { comparable, inOrderOfFiles, prepareIn, runFiles, type Run } from './warm-run.ts'

type ComparedCase = WarmCase & Pick<Run, 'files'>

/**
 * Changes a project while its test runner waits, and runs the tests in that one and in a new process.
 *
 * @param knowsFiles the runner starts with the files of the run
 */
export async function compareRuns(
  framework: Framework,
  project: Record<string, string>,
  one: ComparedCase,
  knowsFiles = false,
) {
  const { before = {}, change = {}, says, cold = false } = one
  const root = projectWith({ ...project, ...before })
  await prepareIn(root, root, framework, knowsFiles ? one.files : [])
  changeFiles(root, change)
  const warm = await runFiles(root, runOf(one), true, framework)
  return {
    warm: comparable(warm),
    cold: comparable(await runFiles(root, runOf(one), false, framework)),
    isWarm: warm.warm ?? false,
    says: linesOf(warm, one),
    expected: [!cold, says.map(text => expect.stringContaining(text))],
  }
}

function runOf({ files, names = [], timeoutMs = 120_000, maxOutputBytes, env }: ComparedCase): Run {
  return { files, names, timeoutMs, ...(maxOutputBytes && { maxOutputBytes }), ...(env && { env }) }
}

function linesOf(outcome: Outcome, one: WarmCase): string[] {
  if (outcome.end !== 'complete') return [outcome.end]
  const errors = outcome.loadErrors.map(({ file, message }) => `${file}: ${message}`)
  const lines = resultLines({ ...outcome, tests: inOrderOfFiles(outcome.tests) }).filter(
    line => !isUnnamed(one, line),
  )
  return [...lines, ...errors, ...outcome.unhandled]
}

/** Tests that were not asked for are reported as skipped. */
function isUnnamed({ names = [] }: WarmCase, line: string): boolean {
  return names.length > 0 && line.endsWith(': skipped')
}

function changeFiles(root: string, change: Record<string, string | null>): void {
  for (const [file, text] of Object.entries(change))
    if (text === null) rmSync(path.join(root, file))
    else writeFiles(root, { [file]: text })
}

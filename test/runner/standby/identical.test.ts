import path from 'node:path'
import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../src/evidence/outcome.ts'
import { projectWith, resultLines } from '../project.ts'
import { writeFiles } from '../write-files.ts'
import { PROJECT, CASES, TEST, type WarmCase } from './cases.ts'
import { comparable, keepStandbys, prepareIn, runFiles, type Run } from './warm-run.ts'

describe('a run in a process that waited says the same as one in a new process', () => {
  keepStandbys()

  test.each(CASES)('with %s', async (_name, one) => {
    const { before = {}, change = {}, says, cold = false } = one
    const root = projectWith({ ...PROJECT, ...before })
    await prepareIn(root)
    changeFiles(root, change)
    const warm = await runFiles(root, runOf(one), true)
    expect(warm.warm ?? false).toBe(!cold)
    expect(comparable(warm)).toEqual(comparable(await runFiles(root, runOf(one), false)))
    expect(linesOf(warm, one)).toEqual(says.map(text => expect.stringContaining(text)))
  })
})

function runOf({
  files = [TEST],
  names = [],
  timeoutMs = 120_000,
  maxOutputBytes,
  env,
}: WarmCase): Run {
  return { files, names, timeoutMs, ...(maxOutputBytes && { maxOutputBytes }), ...(env && { env }) }
}

function linesOf(outcome: Outcome, one: WarmCase): string[] {
  if (outcome.end !== 'complete') return [outcome.end]
  const errors = outcome.loadErrors.map(({ file, message }) => `${file}: ${message}`)
  const lines = resultLines(outcome).filter(line => !isUnnamed(one, line))
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

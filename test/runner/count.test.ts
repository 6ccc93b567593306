import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sealLine } from '../../src/runner/reporters/seal.ts'
import type { ReportEvent } from '../../src/runner/reporters/event.ts'
import { countFinishedTests, FINISHED_TEST } from '../../src/runner/reports/finished-tests.ts'
import { temporaryFolder } from './project.ts'

function counting(report: string): number[] {
  const told: number[] = []
  const { stop } = countFinishedTests(report, FINISHED_TEST.sealed, count => told.push(count))
  onTestFinished(stop)
  return told
}

test('tests are counted as they end, suites and starts are not', async () => {
  const report = path.join(temporaryFolder(), 'events')
  const told = counting(report)
  const known = { file: 'a.test.js', key: '1', name: 'one' }
  const events: ReportEvent[] = [
    { ev: 'run-start', runner: 'vitest', version: '4' },
    { ev: 'test-start', ...known },
    { ev: 'test', ...known, state: 'passed' },
    { ev: 'test', ...known, state: 'group' },
    { ev: 'test', ...known, state: 'failed', reason: 'error', message: '"state":"group"' },
  ]
  const [begin = '', start = '', passed = '', ...rest] = events.map((event, at) =>
    sealLine('key', at, JSON.stringify(event)),
  )
  const [more, half] = [rest.join('').slice(0, -20), rest.join('').slice(-20)]
  appendFileSync(report, begin + start + passed + more)
  await expect.poll(() => told, { timeout: 5000 }).toEqual([1])
  // The line that was only half there is counted once it is whole.
  appendFileSync(report, half)
  await expect.poll(() => told, { timeout: 5000 }).toEqual([1, 2])
})

test.skipIf(process.platform === 'win32')(
  'a pipe in the place of the report does not hold us up',
  async () => {
    const report = path.join(temporaryFolder(), 'events')
    execFileSync('mkfifo', [report])
    const told = counting(report)
    let turns = 0
    const timer = setInterval(() => (turns += 1), 100)
    onTestFinished(() => clearInterval(timer))
    // A look that waited for a writer would never give the turn back.
    await expect.poll(() => turns, { timeout: 10_000 }).toBeGreaterThan(12)
    expect(told).toEqual([])
  },
)

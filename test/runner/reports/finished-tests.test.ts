import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sealLine } from '../../../src/runner/reporters/seal.ts'
import type { ReportEvent } from '../../../src/runner/reporters/event.ts'
import { countFinishedTests, FINISHED_TEST } from '../../../src/runner/reports/finished-tests.ts'
import { temporaryFolder } from '../project.ts'

const POLL = { timeout: 60_000 }

/** Starts counting and returns the list of counts, which grows. */
function startCounting(report: string): number[] {
  const counts: number[] = []
  const { stop } = countFinishedTests(report, FINISHED_TEST.sealed, count => counts.push(count))
  onTestFinished(stop)
  return counts
}

test('ends of tests are counted, ends of suites and starts are not', async () => {
  const report = path.join(temporaryFolder(), 'events')
  const counts = startCounting(report)
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
  await expect.poll(() => counts, POLL).toEqual([1])
  // The incomplete line is counted when it is complete.
  appendFileSync(report, half)
  await expect.poll(() => counts, POLL).toEqual([1, 2])
})

test.skipIf(process.platform === 'win32')(
  'a named pipe instead of the report does not block the process',
  async () => {
    const report = path.join(temporaryFolder(), 'events')
    execFileSync('mkfifo', [report])
    const counts = startCounting(report)
    let turns = 0
    const timer = setInterval(() => (turns += 1), 100)
    onTestFinished(() => clearInterval(timer))
    // Opening the pipe in blocking mode would stop this process and so the counter.
    await expect.poll(() => turns, POLL).toBeGreaterThan(12)
    expect(counts).toEqual([])
  },
)

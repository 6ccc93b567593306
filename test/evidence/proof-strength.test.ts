import { describe, expect, it } from 'vitest'
import { parseEvent, type Event } from '../../src/evidence/event.ts'
import { proofStrength } from '../../src/evidence/proof-strength.ts'

const SEEN = { settings: 'none', tree: 't' }

/** A ledger in which each of these tasks was started, turned green by a command of the settings, and done. */
function ledgerOf(tasks: number): Event[] {
  const events: Event[] = []
  const add = (body: object) => {
    const at = events.length
    const place = { seq: at + 1, prev: `h${at}`, hash: `h${at + 1}`, feature: 'f', by: 'a' }
    const event = parseEvent({ ...body, ...place, at: '2026-01-01T00:00:00.000Z' })
    if (!event) throw new Error(`The event is invalid: ${JSON.stringify(body)}`)
    events.push(event)
  }
  for (let number = 1; number <= tasks; number += 1) {
    const task = `T${number}`
    add({ kind: 'start', task, title: task, provenAs: 'check', ...SEEN })
    add({ kind: 'green', task, ...GREEN, ...SEEN })
    const proof = [events.at(-1)?.hash]
    add({ kind: 'done', task, provenAs: 'check', suite: 'none', marks: [], proof, ...SEEN })
  }
  return events
}

const GREEN = {
  provenAs: 'check',
  frozen: {},
  files: {},
  tests: [],
  names: [],
  named: [],
  counts: { passed: 1, failed: 0, errored: 0, skipped: 0 },
  run: {
    id: 'r',
    command: ['check'],
    cwd: '',
    framework: 'custom',
    exitCode: 0,
    durationMs: 1,
    output: '',
    outputSha256: '',
  },
}

/** How often a property of an event is read. */
function readsOf(tasks: number, task?: string): number {
  let reads = 0
  const events = ledgerOf(tasks).map(
    event =>
      new Proxy(event, {
        get(target, key) {
          reads += 1
          return Reflect.get(target, key)
        },
      }),
  )
  proofStrength(events, task)
  return reads
}

describe('the limits of proofs', () => {
  it('names the finished tasks that a command of the settings proved', () => {
    expect(proofStrength(ledgerOf(3)).settingsCommand).toEqual(['T1', 'T2', 'T3'])
  })

  it('names only the task that is asked for', () => {
    expect(proofStrength(ledgerOf(3), 'T2').settingsCommand).toEqual(['T2'])
    expect(proofStrength(ledgerOf(3), 'T4').settingsCommand).toEqual([])
  })

  it('looks at each event a fixed number of times for one task', () => {
    expect(readsOf(400, 'T400')).toBeLessThan(11 * readsOf(40, 'T40'))
  })
})

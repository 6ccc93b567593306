import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { array, assert, nat, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import { readLedger } from '../../src/store/ledger.ts'
import { stateOf } from '../../src/store/state.ts'
import { makeProject } from '../kit/project.ts'

const [FEATURE, CHAINS] = ['f', 3]
const steps = array(record({ chain: nat(CHAINS - 1), wait: nat(2), count: nat(2) }), {
  minLength: 1,
  maxLength: 6,
})

it('a ledger of several clones that grows has its events in the order of their times', () => {
  const state = stateOf({ root: makeProject({}, { git: false }).root })
  const folder = path.join(state.folder, 'ledger', FEATURE)
  mkdirSync(folder, { recursive: true })
  assert(
    property(steps, all => {
      const chains = Array.from({ length: CHAINS }, () => ({
        lines: noLines(),
        prev: GENESIS,
      }))
      const write = () => {
        for (const [at, { lines }] of chains.entries())
          writeFileSync(path.join(folder, `${at}.jsonl`), lines.map(({ text }) => text).join(''))
      }
      // Times of clones may be equal, and those of one may be behind the latest of another.
      const minutes = chains.map(() => 0)
      for (const { chain, wait, count } of all) {
        const own = chains[chain]
        if (!own) throw new Error(`there is no chain ${chain}`)
        minutes[chain] = (minutes[chain] ?? 0) + wait
        const at = new Date(Date.UTC(2026, 0, 1, 0, minutes[chain])).toISOString()
        for (let number = 0; number < count; number += 1) {
          const seq = own.lines.length + 1
          const body = { kind: 'resumed', task: `T${seq}`, feature: FEATURE, at, by: `${chain}` }
          const line = sealLine(body, { seq, prev: own.prev })
          own.prev = String(JSON.parse(line).hash)
          own.lines.push({ at, hash: own.prev, text: `${line}\n` })
        }
        write()
        const known = chains.flatMap(({ lines }) => lines)
        const expected = known.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
        const { events } = readLedger(state, FEATURE)
        expect(events.map(({ hash }) => hash)).toEqual(expected.map(({ hash }) => hash))
        expect(readLedger(state, FEATURE).events).toBe(events)
      }
    }),
    { numRuns: 60 },
  )
})

function noLines(): { at: string; hash: string; text: string }[] {
  return []
}

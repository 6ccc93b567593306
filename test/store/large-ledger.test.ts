import { mkdirSync, openSync, closeSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { ledgerFolder } from '../../src/store/ledger-folder.ts'
import { appendEvents, finishLedger } from '../../src/store/ledger.ts'
import { stateOf } from '../../src/store/state.ts'
import { makeProject } from '../kit/project.ts'

const COUNT = 1100

/** A ledger of more than 100 MB, as another clone may have left it. */
function writeLarge(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const handle = openSync(file, 'w')
  const common = {
    kind: 'failed',
    task: 'T1',
    feature: 'f',
    files: [],
    effect: 'continues',
    by: 'x',
  }
  let prev = GENESIS
  for (let seq = 1; seq <= COUNT; seq += 1) {
    const event = { ...common, error: String(seq).repeat(100_000 / String(seq).length), at: AT }
    const line = sealLine(event, { seq, prev })
    prev = /"hash":"(\w+)"/.exec(line)?.[1] ?? ''
    writeSync(handle, `${line}\n`)
  }
  closeSync(handle)
}

const AT = '2026-01-01T00:00:00.000Z'

describe('a ledger of 100 MB', () => {
  it('is read to its end, gets the next event, and is not read again while it stays as it is', () => {
    const state = stateOf(makeProject({}))
    const file = path.join(ledgerFolder(state, 'f'), 'large.jsonl')
    writeLarge(file)
    expect(statSync(file).size).toBeGreaterThan(100 * 1024 * 1024)
    clearChainCache()
    const first = timed(() => expect(finishLedger(state, 'f').events).toHaveLength(COUNT))
    appendEvents(state, 'f', [{ kind: 'resumed', task: 'T1' }], { by: 'me' })
    const again = timed(() => expect(finishLedger(state, 'f').events).toHaveLength(COUNT + 1))
    expect(finishLedger(state, 'f').damage).toEqual([])
    expect(again).toBeLessThan(first / 4)
  })
})

function timed(work: () => void): number {
  const begin = performance.now()
  work()
  return performance.now() - begin
}

import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { disk } from '../../src/store/disk.ts'
import { ledgerFolder } from '../../src/store/ledger-folder.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger } from '../../src/store/ledger.ts'
import { makeProject } from '../kit/project.ts'
import { FEATURE, openProject, recordedLedger, resumed } from '../kit/store.ts'

const COUNT = 1100

/** A ledger of more than 100 MB, as another clone may have written it. */
function writeLarge(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const handle = openSync(file, 'w')
  const common = {
    kind: 'failed',
    task: 'T1',
    feature: FEATURE,
    files: [],
    effect: 'continues',
    by: 'x',
    at: '2026-01-01T00:00:00.000Z',
  }
  let prev = GENESIS
  for (let seq = 1; seq <= COUNT; seq += 1) {
    const event = { ...common, error: String(seq).repeat(100_000 / String(seq).length) }
    const line = sealLine(event, { seq, prev })
    prev = /"hash":"(\w+)"/.exec(line)?.[1] ?? ''
    writeSync(handle, `${line}\n`)
  }
  closeSync(handle)
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a chain that was read before', () => {
  it('is read again when an old line was edited without a change of size and times', () => {
    const { state, file, taskIds } = recordedLedger('T1', 'T2', 'T3')
    const past = new Date('2026-01-01')
    utimesSync(file, past, past)
    expect(taskIds()).toHaveLength(3)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"T2"', '"T9"'))
    utimesSync(file, past, past)
    expect(statSync(file).mtimeMs).toBe(past.getTime())
    expect(finishLedger(state, FEATURE).damage).toMatchObject([{ line: 2 }])
  })

  it('is read again when an old line was edited and a new one was appended', () => {
    const { state, file } = recordedLedger('T1', 'T2')
    expect(finishLedger(state, FEATURE).damage).toEqual([])
    const text = readFileSync(file, 'utf8').replace('"T1"', '"T9"')
    writeFileSync(file, text)
    appendFileSync(file, '{}\n')
    expect(finishLedger(state, FEATURE).damage).toMatchObject([{ line: 1 }])
  })
})

describe('a chain that copies of a clone continued', () => {
  /** A ledger with T1 and T2, and the lines that follow T1 in a copy. */
  function forked(...tasks: string[]) {
    const { state, file, taskIds } = recordedLedger('T1')
    const place = { seq: 1, prev: /"hash":"(\w+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '' }
    appendEvents(state, FEATURE, [resumed('T2')], { by: 'a' })
    const common = { kind: 'resumed', feature: FEATURE, by: 'b', at: '2026-01-01T00:00:00.000Z' }
    for (const task of tasks) {
      place.seq += 1
      const line = sealLine({ ...common, task }, place)
      place.prev = /"hash":"(\w+)"/.exec(line)?.[1] ?? ''
      appendFileSync(file, `${line}\n`)
    }
    return { state, file, taskIds }
  }

  it('has the events of both, and the next event is written to a new file', () => {
    const { state, file, taskIds } = forked('T3', 'T4')
    expect(finishLedger(state, FEATURE).damage).toEqual([])
    expect(new Set(taskIds())).toEqual(new Set(['T1', 'T2', 'T3', 'T4']))
    const text = readFileSync(file, 'utf8')
    appendEvents(state, FEATURE, [resumed('T5')], { by: 'a' })
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(taskIds()).toHaveLength(5)
  })

  it('is damaged by a line that is there twice, or whose earlier lines are missing', () => {
    const { state, file } = forked('T3', 'T4')
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    for (const wrong of [[...lines, lines[1]], lines.toSpliced(2, 1)]) {
      writeFileSync(file, wrong.map(line => `${line}\n`).join(''))
      expect(finishLedger(state, FEATURE).damage).toMatchObject([
        { line: wrong.length === 5 ? 5 : 3 },
      ])
    }
  })
})

describe('a chain of 100 MB', () => {
  it('is parsed once, gets the next event, and is not read again while it is unchanged', () => {
    const { state } = openProject(makeProject({}))
    const file = path.join(ledgerFolder(state, FEATURE), 'large.jsonl')
    writeLarge(file)
    expect(statSync(file).size).toBeGreaterThan(100 * 1024 * 1024)
    clearChainCache()
    const first = finishLedger(state, FEATURE).events
    expect(first).toHaveLength(COUNT)
    // A file that has just changed is read again, so the next reads come a minute later.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    appendEvents(state, FEATURE, [resumed('T1')], { by: 'me' })
    const { events, damage } = finishLedger(state, FEATURE)
    expect([events.length, damage]).toEqual([COUNT + 1, []])
    // The same objects: the known lines were not parsed again.
    expect(events.slice(0, COUNT).every((event, index) => event === first[index])).toBe(true)
    const read = vi.spyOn(disk, 'read')
    expect(finishLedger(state, FEATURE).events).toHaveLength(COUNT + 1)
    expect(read.mock.calls.filter(([name]) => name === file)).toEqual([])
  })
})

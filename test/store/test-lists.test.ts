import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EventBody } from '../../src/evidence/event.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { clearChainCache } from '../../src/store/chain-file.ts'
import { readLedger } from '../../src/store/ledger.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import { red } from '../evidence/outcomes.ts'
import { makeProject } from '../kit/project.ts'

const FEATURE = '001-big'
const tests = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `a.test.js > row number ${at}`,
    file: 'a.test.js',
    outcome: 'failed' as const,
    message: '1 == 2',
  }))

interface Recorded {
  state: State
  returned: unknown
  /** The one file with a list. */
  list: string
}

function recorded(count: number, more: EventBody[] = []): Recorded {
  const state = stateOf({ root: makeProject({}).root })
  const { events } = appendEvents(state, FEATURE, [red('T001', tests(count)), ...more], {
    by: 'me',
  })
  const folder = path.join(state.folder, 'tests', FEATURE)
  const [name = ''] = count > 300 ? readdirSync(folder) : []
  return { state, returned: events[0], list: path.join(folder, name) }
}

const damage = (state: State) => readLedger(state, FEATURE).damage.map(({ text }) => text)

function ledgerSize({ folder }: State): number {
  const own = path.join(folder, 'ledger', FEATURE)
  return readdirSync(own).reduce((sum, name) => sum + statSync(path.join(own, name)).size, 0)
}

describe('a long list of tests', () => {
  it('is kept beside the ledger, which stays small, and is read with its event', () => {
    const { state, returned } = recorded(20_000)
    expect(ledgerSize(state)).toBeLessThan(2000)
    clearChainCache()
    const { events } = readLedger(state, FEATURE)
    expect(events).toMatchObject([{ kind: 'red', tests: tests(20_000) }])
    expect(returned).toEqual(events[0])
  })

  it('is kept once if two events have the same', () => {
    const { state } = recorded(400, [red('T002', tests(400))])
    expect(readdirSync(path.join(state.folder, 'tests', FEATURE))).toHaveLength(1)
  })

  it('is kept beside the ledger whatever it lists', () => {
    const found = tests(1000).map(({ id }) => ({ file: 'src/a.js', text: id }))
    const one = red('T001', tests(1))
    if (one.kind !== 'red') throw new Error('It is another event.')
    const { task, settings, tree, run } = one
    const ids = tests(1000).map(({ id }) => id)
    const counts = { passed: 1000, failed: 0, errored: 0, skipped: 0, todo: 0 }
    const suite = { failing: ids, before: ids, turnedGreen: ids, passedFiles: ids }
    const { state } = recorded(1, [
      { kind: 'findings', judge: 'lint', command: ['lint'], settings, tree, run, findings: found },
      { kind: 'suite', task, settings, tree, ran: 'full', run, counts, ...suite },
    ])
    clearChainCache()
    expect(readLedger(state, FEATURE).events.slice(-2)).toMatchObject([{ findings: found }, suite])
    expect(ledgerSize(state)).toBeLessThan(6000)
  })

  it('is in the ledger if it is short', () => {
    const { state } = recorded(300)
    expect(readdirSync(state.folder)).not.toContain('tests')
    expect(readLedger(state, FEATURE).events).toMatchObject([{ tests: tests(300) }])
  })

  it.each([
    ['is missing', (file: string) => rmSync(file)],
    ['was changed', (file: string) => writeFileSync(file, '[]\n')],
  ])('breaks the ledger while it %s', (_how, spoil) => {
    const { state, list } = recorded(400)
    const text = readFileSync(list, 'utf8')
    spoil(list)
    clearChainCache()
    const name = path.relative(state.root, list)
    expect(damage(state)).toEqual([`its list in ${name} is missing or damaged`])
    rmSync(list, { recursive: true, force: true })
    writeFileSync(list, text)
    expect(damage(state)).toEqual([])
  })
})

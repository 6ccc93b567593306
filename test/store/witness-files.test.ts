import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { disk } from '../../src/store/disk.ts'
import { WitnessJournal } from '../../src/store/witness-files.ts'
import { temporaryFolder } from '../kit/folder.ts'

afterEach(() => void vi.restoreAllMocks())

function line(chain: string) {
  const tag = '0'.repeat(16)
  const hash = 'a'.repeat(64)
  const place = { project: 'p', feature: 'f', chain, first: 1, prev: hash, hashes: [hash] }
  return { ...place, heard: '2026-01-01T00:00:00.000Z', clone: tag, branch: tag }
}

function failing(operation: 'sync' | 'writeAt'): void {
  vi.spyOn(disk, operation).mockImplementationOnce(() => {
    throw new Error('disk full')
  })
}

it.each(['sync', 'writeAt'] as const)('a journal goes on after a failed %s', operation => {
  const folder = temporaryFolder()
  const journal = new WitnessJournal(folder)
  journal.append([line('first')])
  failing(operation)
  expect(() => journal.append([line('lost-1'), line('lost-2')])).toThrow('disk full')
  failing('sync')
  expect(() => journal.append([line('lost-3')])).toThrow('disk full')
  journal.append([line('second')])
  journal.append([line('third')])
  journal.close()
  const chains = new WitnessJournal(folder).lines.map(({ chain }) => chain)
  expect(chains).toEqual(['first', 'second', 'third'])
})

it('a journal that another program has written takes nothing, after a failed write too', () => {
  const folder = temporaryFolder()
  const journal = new WitnessJournal(folder)
  journal.append([line('first')])
  appendFileSync(path.join(folder, 'journal.jsonl'), 'x')
  expect(() => journal.append([line('second')])).toThrow('Another program')
  const other = new WitnessJournal(folder)
  failing('sync')
  expect(() => other.append([line('second')])).toThrow('disk full')
  appendFileSync(path.join(folder, 'journal.jsonl'), 'x')
  for (const _ of [1, 2]) expect(() => other.append([line('third')])).toThrow('Another program')
})

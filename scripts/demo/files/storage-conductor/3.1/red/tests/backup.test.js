import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { Rentals } from '../src/rentals.js'

test('a backup restores the earlier state', t => {
  const folder = makeFolder(t)
  const [file, copy] = ['rentals.jsonl', 'copy.jsonl'].map(name => path.join(folder, name))
  const rentals = new Rentals(file)
  rentals.rent('ladder', 'Ada', '2026-03-02')
  rentals.backup(copy)
  rentals.returnTool('ladder', '2026-03-04')
  rentals.restore(copy)
  assert.equal(rentals.list()[0].renter, 'Ada')
  assert.equal(new Rentals(file).list()[0].renter, 'Ada')
})

test('a backup with an invalid line is rejected, and nothing changes', t => {
  const folder = makeFolder(t)
  const rentals = new Rentals(path.join(folder, 'rentals.jsonl'))
  rentals.rent('ladder', 'Ada', '2026-03-02')
  const copy = path.join(folder, 'copy.jsonl')
  writeFileSync(copy, '{"tool":"drill","renter":"Ben","from":"2026-03-01"}\n{"tool":\n')
  assert.throws(() => rentals.restore(copy), /Line 2/)
  assert.deepEqual(
    rentals.list().map(({ tool }) => tool),
    ['ladder'],
  )
})

function makeFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolshed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

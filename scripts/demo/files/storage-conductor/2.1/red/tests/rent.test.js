import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { Rentals } from '../src/rentals.js'

test('rented tools are listed with their renters, sorted by name', t => {
  const rentals = open(t)
  rentals.rent('ladder', 'Ada', '2026-03-02')
  rentals.rent('drill', 'Ben', '2026-03-03')
  assert.deepEqual(rentals.list(), [
    { tool: 'drill', renter: 'Ben', from: '2026-03-03' },
    { tool: 'ladder', renter: 'Ada', from: '2026-03-02' },
  ])
})

test('a rented tool cannot be rented again', t => {
  const rentals = open(t)
  rentals.rent('ladder', 'Ada', '2026-03-02')
  assert.throws(() => rentals.rent('ladder', 'Ben', '2026-03-03'), /Ada has the ladder/)
})

test('the error for an invalid field names it', t => {
  const rentals = open(t)
  assert.throws(() => rentals.rent('', 'Ada', '2026-03-02'), /tool/)
  assert.throws(() => rentals.rent('ladder', 'Ada', 'tomorrow'), /day/)
})

function open(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolshed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return new Rentals(path.join(folder, 'rentals.jsonl'))
}

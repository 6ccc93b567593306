import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { Rentals } from '../src/rentals.js'

test('rentals are still there when the file is opened again', t => {
  const file = makeFile(t)
  new Rentals(file).rent('ladder', 'Ada', '2026-03-02')
  assert.deepEqual(new Rentals(file).list(), [{ tool: 'ladder', renter: 'Ada', from: '2026-03-02' }])
})

test('a returned tool can be rented again', t => {
  const file = makeFile(t)
  const rentals = new Rentals(file)
  rentals.rent('drill', 'Ada', '2026-03-02')
  rentals.returnTool('drill', '2026-03-04')
  assert.deepEqual(new Rentals(file).list(), [])
  rentals.rent('drill', 'Ben', '2026-03-05')
  assert.equal(new Rentals(file).list()[0].renter, 'Ben')
})

test('a tool that is not rented cannot be returned', t => {
  assert.throws(() => new Rentals(makeFile(t)).returnTool('drill', '2026-03-04'), /drill is not rented/)
})

test('an incomplete last line is ignored', t => {
  const file = makeFile(t)
  new Rentals(file).rent('drill', 'Ada', '2026-03-02')
  appendFileSync(file, '{"tool":"lad')
  assert.equal(new Rentals(file).list().length, 1)
})

function makeFile(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolshed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return path.join(folder, 'rentals.jsonl')
}

import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { Loans } from '../src/loans.js'

test('loans are still there when the file is opened anew', t => {
  const file = makeFile(t)
  new Loans(file).lend('ladder', 'Ada', '2026-03-02')
  assert.deepEqual(new Loans(file).out(), [{ tool: 'ladder', borrower: 'Ada', from: '2026-03-02' }])
})

test('what was given back can be lent again', t => {
  const file = makeFile(t)
  const loans = new Loans(file)
  loans.lend('drill', 'Ada', '2026-03-02')
  loans.giveBack('drill', '2026-03-04')
  assert.deepEqual(new Loans(file).out(), [])
  loans.lend('drill', 'Ben', '2026-03-05')
  assert.equal(new Loans(file).out()[0].borrower, 'Ben')
})

test('a tool that is not out cannot be given back', t => {
  assert.throws(() => new Loans(makeFile(t)).giveBack('drill', '2026-03-04'), /drill is not out/)
})

test('a line cut short by a crash is left out', t => {
  const file = makeFile(t)
  new Loans(file).lend('drill', 'Ada', '2026-03-02')
  appendFileSync(file, '{"tool":"lad')
  assert.equal(new Loans(file).out().length, 1)
})

function makeFile(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolshed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return path.join(folder, 'loans.jsonl')
}

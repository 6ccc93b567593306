import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { Loans } from '../src/loans.js'

test('what is out is listed with its borrowers, by name of the tool', t => {
  const loans = open(t)
  loans.lend('ladder', 'Ada', '2026-03-02')
  loans.lend('drill', 'Ben', '2026-03-03')
  assert.deepEqual(loans.out(), [
    { tool: 'drill', borrower: 'Ben', from: '2026-03-03' },
    { tool: 'ladder', borrower: 'Ada', from: '2026-03-02' },
  ])
})

test('a tool that is out is not lent again', t => {
  const loans = open(t)
  loans.lend('ladder', 'Ada', '2026-03-02')
  assert.throws(() => loans.lend('ladder', 'Ben', '2026-03-03'), /Ada has the ladder/)
})

test('a loan with a wrong field is refused by its name', t => {
  const loans = open(t)
  assert.throws(() => loans.lend('', 'Ada', '2026-03-02'), /tool/)
  assert.throws(() => loans.lend('ladder', 'Ada', 'tomorrow'), /day/)
})

function open(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolshed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return new Loans(path.join(folder, 'loans.jsonl'))
}

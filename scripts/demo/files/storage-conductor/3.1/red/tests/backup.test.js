import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { Loans } from '../src/loans.js'

test('what was lost comes back from a copy', t => {
  const folder = makeFolder(t)
  const [file, copy] = ['loans.jsonl', 'copy.jsonl'].map(name => path.join(folder, name))
  const loans = new Loans(file)
  loans.lend('ladder', 'Ada', '2026-03-02')
  loans.backup(copy)
  loans.giveBack('ladder', '2026-03-04')
  loans.restore(copy)
  assert.equal(loans.out()[0].borrower, 'Ada')
  assert.equal(new Loans(file).out()[0].borrower, 'Ada')
})

test('a copy with a broken line is refused, and nothing changes', t => {
  const folder = makeFolder(t)
  const loans = new Loans(path.join(folder, 'loans.jsonl'))
  loans.lend('ladder', 'Ada', '2026-03-02')
  const copy = path.join(folder, 'copy.jsonl')
  writeFileSync(copy, '{"tool":"drill","borrower":"Ben","from":"2026-03-01"}\n{"tool":\n')
  assert.throws(() => loans.restore(copy), /Line 2/)
  assert.deepEqual(
    loans.out().map(({ tool }) => tool),
    ['ladder'],
  )
})

function makeFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'toolshed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

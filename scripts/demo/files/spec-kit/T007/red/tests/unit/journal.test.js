import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { openJournal } from '../../src/journal.js'

test('a brew is on disk when add() resolves', async t => {
  const file = await makeFile(t)
  const journal = await openJournal(file)
  await journal.add({ id: 'a1', tea: 'sencha' })
  const again = await openJournal(file)
  assert.deepEqual(again.find('a1'), { id: 'a1', tea: 'sencha' })
})

test('brews added at the same time are all stored', async t => {
  const file = await makeFile(t)
  const journal = await openJournal(file)
  await Promise.all(['a1', 'b2', 'c3'].map(id => journal.add({ id })))
  assert.equal(JSON.parse(await readFile(file, 'utf8')).length, 3)
})

async function makeFile(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'teatime-'))
  t.after(() => rm(folder, { recursive: true }))
  return path.join(folder, 'brews.json')
}

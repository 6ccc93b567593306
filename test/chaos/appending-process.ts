import process from 'node:process'
import { openGit } from '../../src/store/coordinator/git/git-coordinator.ts'
import { Overtaken } from '../../src/store/transaction/sequence.ts'
import { addition } from '../store/coordinator/git/decisions.ts'

/** A server as a process of its own: adds lines to a feature, and prints each one that the store has taken. */
const [root = '', name = '', count = '0'] = process.argv.slice(2)
const store = openGit({ root, remote: 'origin', project: 'o/p' })

for (let line = 1; line <= Number(count);) {
  const { version } = await store.readSince('f', 0)
  try {
    await store.append('f', addition(`${name}-${line}`, version))
    process.stdout.write(`${name}-${line}\n`)
    line += 1
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

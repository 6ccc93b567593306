import 'node:assert/strict'
import 'node:test'
import { readSync } from 'node:fs'
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'
import { UNUSED } from './held-run.ts'

// Loaded by `node --require THIS FILE`, which a `node --test` that waits starts for its first test file. Waits before Node looks for that
// file, so nothing of the project is loaded. A worker of a test gets the same options, and continues at once.

if (isMainThread) {
  const at = process.execArgv.indexOf('--require')
  // As in a process that did not wait.
  process.execArgv.splice(at, 2)
  // Blocks, because Node has no event loop at this moment. The byte comes from the process that will read the results.
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(UNUSED)
}

import type { EventBody } from '../evidence/event.ts'
import type { RunRecord, RecordedTest } from '../evidence/event-parts.ts'
import { appendEvents } from '../store/append-events.ts'
import { storeTreeInGit } from '../store/snapshot.ts'
import { stateOf } from '../store/state.ts'
import { takeTree } from '../store/tree.ts'
import { saveTree } from '../store/saved-trees.ts'
import { openWorkspace } from '../store/workspace.ts'
import { DONE, PLAN, SIZE, SOURCE, TEST } from './projects/stack.ts'
import type { Sandbox } from './sandbox.ts'

const FEATURE = '001-stack'
const ID = `${TEST} > size`

/**
 * Writes a forged ledger, as good as somebody who knows the program can make it: every event is present and every hash is
 * correct, and with `snapshots` the files of each step are stored in git. Only the test never failed.
 */
export async function forgeLedger(
  sandbox: Sandbox,
  { snapshots }: { snapshots: boolean },
): Promise<void> {
  const workspace = openWorkspace(sandbox.root)
  if (!workspace) throw new Error('The project does not exist any more.')
  const state = stateOf(workspace)
  const record = (body: EventBody) => {
    const { events } = appendEvents(state, FEATURE, [body], { by: 'forger' })
    return events[0]?.hash ?? ''
  }
  const capture = async (step: string) => {
    const tree = await takeTree(workspace)
    const purpose = { feature: FEATURE, task: 'T001', step }
    const stored = snapshots ? await storeTreeInGit({ workspace, state }, tree, purpose) : undefined
    saveTree(state, tree)
    const { [TEST]: test = '' } = tree.files
    const snapshot = stored && 'snapshot' in stored ? { snapshot: stored.snapshot } : {}
    return { task: 'T001', settings: 'none', tree: tree.hash, ...snapshot, files: { [TEST]: test } }
  }
  const { files: _none, ...start } = await capture('start')
  record({ kind: 'start', ...start, title: 'size in src/stack.js', provenAs: 'build' })
  sandbox.write(TEST, SIZE)
  sandbox.write(SOURCE, `// To do.\n${DONE}`)
  const red = record({ kind: 'red', ...(await capture('red')), ...observed('failed'), ...RED })
  sandbox.write(SOURCE, DONE)
  const { files, ...rest } = await capture('green')
  const green = record({
    kind: 'green',
    ...rest,
    files,
    ...observed('passed'),
    names: [],
    named: [],
  })
  const proof = { proof: [red, green], suite: 'none' as const, marks: [] }
  record({ kind: 'done', ...rest, provenAs: 'build', ...proof })
  sandbox.change(PLAN, '[ ] T001', '[X] T001')
}

const RED = {
  provenAs: 'build' as const,
  names: [],
  loadErrors: [],
  loadFailure: false,
}

function observed(outcome: 'passed' | 'failed') {
  const failed = outcome === 'failed'
  const test: RecordedTest = failed
    ? { id: ID, file: TEST, outcome, reason: 'assertion', message: 'undefined !== 0' }
    : { id: ID, file: TEST, outcome }
  const run: RunRecord = {
    id: failed ? 'a1b2c3d4e5f6' : 'f6e5d4c3b2a1',
    command: ['node', '--test', TEST],
    cwd: '',
    exitCode: Number(failed),
    durationMs: 130,
    framework: `node:test ${process.versions.node}`,
    output: '',
    outputSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }
  const counts = { passed: Number(!failed), failed: Number(failed), skipped: 0, errored: 0 }
  return { run, counts, tests: [test], frozen: {} }
}

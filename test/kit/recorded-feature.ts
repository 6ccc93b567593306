import { execFileSync } from 'node:child_process'
import type { EventBody } from '../../src/evidence/event.ts'
import type { RecordedTest, RunRecord } from '../../src/evidence/event-parts.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { stateOf } from '../../src/store/state.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { stackProject, TASKS, type Project } from './project.ts'

/** A feature whose events a test writes itself, because that is quicker than to run the steps that record them. */
export interface RecordedFeature extends Project {
  /** Records events and returns their hashes. */
  record(...bodies: EventBody[]): string[]
  /** Records start, RED, GREEN and `done` of a build task. */
  prove(task: string, how?: ProofOptions): void
}

export interface ProofOptions {
  red?: Partial<Extract<EventBody, { kind: 'red' }>>
  run?: Partial<RunRecord>
  done?: Partial<Extract<EventBody, { kind: 'done' }>>
  settings?: string
}

const KEY = '001-stack'
const TEST = 'tests/all.test.js'

/** A project with these tasks and files, in which nothing is recorded yet. */
export function recordedFeature(
  tasks: string,
  files: Record<string, string> = {},
): RecordedFeature {
  const project = stackProject(tasks, { [TEST]: '', ...files })
  execFileSync('git', ['-C', project.root, 'add', '-A'])
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@localhost']
  execFileSync('git', ['-C', project.root, ...identity, 'commit', '-qm', 'plan'])
  return recordedAt(project)
}

/** The same in a project that exists, such as a clone. */
export function recordedAt(project: Project): RecordedFeature {
  const workspace = openWorkspace(project.root)
  if (!workspace) throw new Error('There is no workspace.')
  const state = stateOf(workspace)
  const record = (...bodies: EventBody[]) =>
    appendEvents(state, KEY, bodies, { by: 'test' }).events.map(({ hash }) => hash)
  return {
    ...project,
    record,
    prove(task, { red: redOptions, run: runOptions, done, settings = 'none' } = {}) {
      const title = new RegExp(`${task} (.*)`).exec(project.read(TASKS))?.[1] ?? ''
      const seen = { task, settings }
      record({ kind: 'start', ...seen, tree: 'start', title, provenAs: 'build' })
      const test: RecordedTest = { id: `${TEST} > ${task}`, file: TEST, outcome: 'failed' }
      const run = runRecord(1, runOptions)
      const common = { run, files: { [TEST]: 'a' }, frozen: {}, names: [], counts: NO_COUNTS }
      const first = {
        kind: 'red' as const,
        ...seen,
        ...common,
        tree: 'red',
        provenAs: 'build' as const,
        tests: [test],
        loadErrors: [],
        loadFailure: false,
      }
      // A changed test differs from the one of an earlier RED.
      if (redOptions?.checkout === 'tests-changed') record({ ...first, files: { [TEST]: 'first' } })
      const [red = ''] = record({ ...first, ...redOptions })
      const [green = ''] = record({
        kind: 'green',
        ...seen,
        ...common,
        tree: 'green',
        run: runRecord(0, runOptions),
        tests: [{ ...test, outcome: 'passed' }],
        named: [],
        frozen: redOptions?.frozen ?? {},
      })
      record(doneEvent(task, { proof: [red, green], settings, ...done }))
      tick(project, task)
    },
  }
}

/** A `done` event of a build task. */
export function doneEvent(
  task: string,
  more: Partial<Extract<EventBody, { kind: 'done' }>> = {},
): EventBody {
  const seen = { task, settings: 'none', tree: 'green' }
  return { kind: 'done', ...seen, provenAs: 'build', suite: 'none', marks: [], proof: [], ...more }
}

/** Ticks a task in the plan, as a step or a hand does. */
export function tick(project: Project, task: string): void {
  project.write(TASKS, project.read(TASKS).replace(`[ ] ${task}`, `[X] ${task}`))
}

const NO_COUNTS = { passed: 0, failed: 0, skipped: 0, errored: 0 }

function runRecord(exitCode: number, more: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'a1b2c3d4e5f6',
    command: ['node', '--test'],
    cwd: '',
    exitCode,
    durationMs: 1,
    framework: 'node:test 20.0.0',
    output: '',
    outputSha256: '',
    ...more,
  }
}

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Kind } from '../../src/plan/plan.ts'
import { toolFrontend } from '../../src/server/frontend.ts'
import { createHolder, type Holder } from '../../src/store/leases/holder.ts'
import { tools } from '../../src/tools/index.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { openContext } from '../../src/workflow/context/transaction.ts'
import { Refusal } from '../../src/workflow/context/refusal.ts'
import { taskStates } from '../../src/workflow/context/task-state.ts'
import { humanCommand } from './human-command.ts'
import { projectAt, stackProject, TASKS, type Project } from '../kit/project.ts'

/** A task of the plan that the search works through. */
export interface Part {
  id: string
  kind: Kind
  /** The line of the plan without the box. */
  words: string
  /** The name of its function and of its files. */
  name: string
}

/** What a call came to: its structured answer, or the refusal. */
export type Outcome = { answer: Record<string, unknown> } | { refusal: Refusal }

/** Who calls: a server that runs, another one that runs, and one whose process has ended. */
export const callers = ['first', 'second', 'gone'] as const
export type Caller = (typeof callers)[number]

/** A small project in git, its assistants, and a human who says yes. */
export interface World extends Project {
  parts: readonly Part[]
  git(...args: string[]): string
  exists(file: string): boolean
  call(caller: Caller, tool: string, input?: Record<string, unknown>): Promise<Outcome>
  /** The test files of every RED, as they were. */
  recorded: ReadonlyMap<string, string>
  /** A human types the command line that an answer names, such as `redgreen waive T001`, and says yes. */
  human(line: string): Promise<Outcome>
  /** The state of each task, as one word that says what matters about it. */
  states(): Promise<string[]>
}

/** A plan with every kind of task, in two phases. */
const PARTS: readonly Part[] = [
  { id: 'T001', kind: 'test', name: 'one', words: 'Write tests for one in tests/one.test.js' },
  { id: 'T002', kind: 'build', name: 'one', words: 'Add one in src/one.js' },
  { id: 'T003', kind: 'build', name: 'two', words: '[P] Add two in src/two.js' },
  { id: 'T004', kind: 'check', name: 'guide', words: '[P] Write the guide in docs/guide.md' },
  {
    id: 'T005',
    kind: 'build',
    name: 'three',
    words: 'Add three in src/three.js (depends on T003)',
  },
]

const FIRST_OF_SECOND_PHASE = 2

/** A task that somebody may add later. */
export const ADDED: Part = {
  id: 'T006',
  kind: 'build',
  name: 'six',
  words: 'Add six in src/six.js',
}

export function createWorld(): World {
  const plan = [
    '# Tasks\n\n## Phase 1: Foundation\n',
    ...PARTS.slice(0, FIRST_OF_SECOND_PHASE).map(lineOf),
    '\n## Phase 2: Rest\n',
    ...PARTS.slice(FIRST_OF_SECOND_PHASE).map(lineOf),
    '',
  ]
  const { root } = stackProject(plan.join('\n'), { 'README.md': '# Stack\n' })
  const project = projectAt(root)
  const git = (...args: string[]) => runGit(root, args)
  git('add', '-A')
  git('commit', '-qm', 'Begin')
  const holders = holdersOf()
  const recorded = new Map<string, string>()
  return {
    ...project,
    parts: [...PARTS, ADDED],
    git,
    exists: file => existsSync(path.join(root, file)),
    recorded,
    async call(caller, tool, input = {}) {
      const result = await outcome(
        async () =>
          (await toolOf(tool).prepare(input).run(callOf(root, holders[caller]))).structured,
      )
      if (tool === 'record_red' && 'answer' in result)
        for (const file of [input['tests'] ?? []].flat().map(String))
          recorded.set(file, project.read(file))
      return result
    },
    human: line => outcome(() => humanCommand(root, line)),
    states: () => statesAt(root, holders.first),
  }
}

export function lineOf({ id, words }: Part): string {
  return `- [ ] ${id} ${words}`
}

function holdersOf(): Record<Caller, Holder> {
  return {
    first: createHolder('first', 'first', process.pid),
    second: createHolder('second', 'second', process.pid),
    gone: createHolder('gone', 'gone', endedProcess()),
  }
}

/** The id of a process that does not exist. Ids of Linux end far below. */
function endedProcess(): number {
  return 2 ** 30
}

function toolOf(name: string): (typeof tools)[number] {
  const found = tools.find(tool => tool.name === name)
  if (!found) throw new Error(`There is no tool ${name}.`)
  return found
}

async function outcome(call: () => Promise<Record<string, unknown>>): Promise<Outcome> {
  try {
    return { answer: await call() }
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error }
    throw error
  }
}

function callOf(root: string, holder: Holder): Call {
  const { signal } = new AbortController()
  return { root, holder, frontend: toolFrontend, signal, note: () => undefined }
}

async function statesAt(root: string, holder: Holder): Promise<string[]> {
  const context = await openContext(callOf(root, holder))
  const states = taskStates(context)
  return context.plan.tasks.map(({ id, kind, markers }) => {
    const { stage, lease, ...rest } = states.get(id) ?? { stage: 'todo' }
    const flags = Object.entries(rest).flatMap(([name, value]) => (value === true ? [name] : []))
    const mark = markers[0]?.state ?? 'none'
    return [kind, stage, mark, ...(lease ? ['held'] : []), ...flags].join(' ')
  })
}

function runGit(root: string, args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@localhost']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' }).trim()
}

/** The text of the plan. */
export function planOf(world: World): string {
  return readFileSync(path.join(world.root, TASKS), 'utf8')
}

import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { expect } from 'vitest'
import type { Kind } from '../../src/plan/plan.ts'
import { toolFrontend } from '../../src/server/frontend.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { tools } from '../../src/tools/index.ts'
import type { Call } from '../../src/workflow/context/call.ts'
import { Refusal } from '../../src/workflow/context/refusal.ts'
import { approve } from '../../src/workflow/human/approve.ts'
import { reopen } from '../../src/workflow/human/reopen.ts'
import { retireTest } from '../../src/workflow/human/retire-test.ts'
import { waive } from '../../src/workflow/human/waive.ts'
import { markComplete } from '../../src/workflow/mark-complete.ts'
import { verify, type Verified } from '../../src/workflow/verify/verify.ts'
import { projectAt, stackProject, type Project } from '../kit/project.ts'

type Facts = Record<string, unknown>

/** An assistant that works honestly: a call that is refused fails the test with the text of the refusal. */
export interface HonestAssistant {
  call(tool: string, input?: Facts): Promise<Facts>
  /** Starts this task, or the next one, which has to be of this kind. */
  start(task: string, kind?: Kind): Promise<void>
  red(task: string, tests: string | string[], more?: Facts): Promise<Facts>
  green(task: string, more?: Facts): Promise<Facts>
  done(task: string): Promise<Facts>
  /** A whole `build` task: its test, RED, its code, GREEN, done. */
  build(
    task: string,
    test: readonly [string, string],
    code: readonly [string, string],
  ): Promise<void>
  /** A whole `check` task. */
  check(task: string, work: () => void): Promise<void>
  /** The code of a refusal, where a scenario has one that is right and whose remedy works. */
  refused(tool: string, input?: Facts): Promise<{ code: string; text: string }>
}

/** A small project in git, an honest assistant, and a human at a terminal who agrees. */
export interface HonestWork extends Project, HonestAssistant {
  git(...args: string[]): string
  commit(message: string): void
  /** Another assistant in the same workspace. */
  another(name: string): HonestAssistant
  approves(): Promise<void>
  waives(task: string): Promise<void>
  confirms(task: string): Promise<void>
  /** They no longer want this test. */
  retires(test: string): Promise<void>
  reopens(task: string): Promise<void>
  /** Asks for the next task, validates, and verifies. Of complete work the result is `COMPLETE`. */
  end(options?: { replay?: boolean }): Promise<End>
  /** What `verify` says about the feature. */
  verified(options?: { replay?: boolean }): Promise<Verified | undefined>
}

interface End {
  next: unknown
  passed: unknown
  findings: string[]
}

/** Nothing is left to do, the validation passes, and `verify` finds nothing. */
export const COMPLETE: End = { next: null, passed: true, findings: [] }

/** A project whose plan has these lines below `## Core`, or these phases. */
export function honestWork(plan: string, files: Record<string, string> = {}): HonestWork {
  const tasks = plan.startsWith('#') ? plan : `## Core\n${plan}`
  const { root } = stackProject(tasks, { '.gitignore': 'node_modules\n', ...files })
  git(root, 'add', '-A')
  git(root, 'commit', '-qm', 'Begin')
  return workAt(root)
}

/** Honest work in a workspace that exists, such as a clone. */
export function workAt(root: string): HonestWork {
  const project = projectAt(root)
  const own = assistantAt(root, 'assistant')
  return {
    ...project,
    ...own,
    git: (...args) => git(root, ...args),
    commit(message) {
      git(root, 'add', '-A')
      git(root, 'commit', '-qm', message)
    },
    another: name => assistantAt(root, name),
    approves: async () => void (await approve(humanAt(root))),
    waives: async task =>
      void (await waive(humanAt(root), { tasks: [task], reason: 'agreed with the team' })),
    confirms: async task => void (await markComplete(humanAt(root), { task })),
    retires: async test => void (await retireTest(humanAt(root), { test, reason: 'dropped' })),
    reopens: async task => void (await reopen(humanAt(root), { tasks: [task] })),
    async end({ replay = false } = {}) {
      const { task } = await own.call('next_task')
      const { passed } = await own.call('run_validation')
      const verified = await verifyAt(root, replay)
      return {
        next: task,
        passed,
        findings: verified.flatMap(({ findings }) => findings.map(({ text }) => text)),
      }
    },
    verified: async ({ replay = false } = {}) => (await verifyAt(root, replay))[0],
  }
}

function verifyAt(root: string, replay: boolean): Promise<Verified[]> {
  return verify(callOf(root, 'reader'), { replay: replay ? () => undefined : undefined })
}

function assistantAt(root: string, name: string): HonestAssistant {
  const project = projectAt(root)
  const attempt = async (tool: string, input: Facts) => {
    const found = tools.find(one => one.name === tool)
    if (!found) throw new Error(`There is no tool ${tool}.`)
    const { structured } = await found.prepare(input).run(callOf(root, name))
    return structured
  }
  const assistant: HonestAssistant = {
    async call(tool, input = {}) {
      try {
        return await attempt(tool, input)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const asked = `${tool} ${JSON.stringify(input)}`
        throw new Error(`Honest work was refused: ${asked}: [${error.code}]`, { cause: error })
      }
    },
    async start(task, kind = 'build') {
      expect(await assistant.call('next_task')).toMatchObject({ task: { id: task, kind } })
    },
    red: (task, tests, more) =>
      assistant.call('record_red', { task, tests: [tests].flat(), ...more }),
    green: (task, more) => assistant.call('record_green', { task, ...more }),
    done: task => assistant.call('mark_complete', { task, refactor: 'nothing to clean up' }),
    async build(task, [test, text], [source, code]) {
      await assistant.start(task)
      project.write(test, text)
      await assistant.red(task, test)
      project.write(source, code)
      await assistant.green(task)
      await assistant.done(task)
    },
    async check(task, work) {
      await assistant.start(task, 'check')
      work()
      await assistant.green(task)
      await assistant.done(task)
    },
    async refused(tool, input = {}) {
      const answer = await attempt(tool, input).catch((error: unknown) => error)
      if (!(answer instanceof Refusal)) throw new Error(`${tool} was not refused.`)
      return { code: answer.code, text: answer.message }
    },
  }
  return assistant
}

function callOf(root: string, name: string): Call {
  return {
    root,
    holder: createHolder(name, name, process.pid),
    frontend: toolFrontend,
    signal: new AbortController().signal,
    note: () => undefined,
  }
}

/** A human who reads the question at a terminal and agrees. */
function humanAt(root: string): Call {
  const call = callOf(root, 'human')
  const human = {
    channel: 'terminal' as const,
    confirm: () => Promise.resolve(true),
    confirmEach: (_question: string, points: readonly string[]) =>
      Promise.resolve(points.map(() => true)),
  }
  return { ...call, frontend: { ...call.frontend, human } }
}

function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@localhost']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' }).trim()
}

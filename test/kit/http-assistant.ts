import { nodeTest, type Project } from './project.ts'
import type { Answer } from './server.ts'

/** What assistants do in the tests of several clients. */

export type CallTool = (tool: string, input?: Record<string, unknown>) => Promise<Answer>

/** A plan of tasks that may be done at the same time, each with a module of its own. */
export function parallelPlan(count: number): string {
  const tasks = Array.from({ length: count }, (_, at) => {
    const id = taskId(at)
    return `- [ ] ${id} [P] Write ${id} in src/${id}.js, tested by tests/${id}.test.js`
  })
  return `# Tasks\n\n## Phase 1: Core\n\n${tasks.join('\n')}\n`
}

function taskId(at: number): string {
  return `T${String(at + 1).padStart(3, '0')}`
}

/** The id of the task in an answer of `next_task`. */
export function taskIn({ data, text }: Answer): string {
  const id = memberOf(data['task'], 'id')
  if (typeof id === 'string') return id
  throw new Error(`There is no task in: ${text}`)
}

/** The claim in an answer. */
export function claimIn({ data, text }: Answer): string {
  const { claim } = data
  if (typeof claim === 'string') return claim
  throw new Error(`There is no claim in: ${text}`)
}

/** The arguments of the next call that an answer names. */
export function nextArguments({ data }: Answer): unknown {
  return memberOf(data['next'], 'arguments')
}

/** Works a task of `parallelPlan` through, passing `more` in every call. */
export async function finishTask(
  project: Project,
  call: CallTool,
  task: string,
  more: Record<string, unknown> = {},
  testOf?: (task: string) => string,
): Promise<Answer> {
  await proveRed(project, call, task, more, testOf)
  project.write(`src/${task}.js`, 'export const value = () => 1\n')
  await settled(call, 'record_green', { task, ...more })
  return settled(call, 'mark_complete', { task, refactor: 'Nothing to clean up.', ...more })
}

/** Writes the test of a task of `parallelPlan` and a stub of its module, and records that it fails. */
export async function proveRed(
  project: Project,
  call: CallTool,
  task: string,
  more: Record<string, unknown> = {},
  testOf = (task: string) => nodeTest(task, 'assert.equal(value(), 1)'),
): Promise<Answer> {
  const test = `tests/${task}.test.js`
  project.write(`src/${task}.js`, 'export const value = () => 0\n')
  project.write(test, `import { value } from '../src/${task}.js'\n${testOf(task)}`)
  return settled(call, 'record_red', { task, tests: [test], ...more })
}

/** Calls again while the step runs, and when another assistant has saved a file meanwhile. Throws at any other refusal. */
async function settled(
  call: CallTool,
  tool: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  const answer = await call(tool, input)
  if (answer.code === 'moved' || 'running' in answer.data) return settled(call, tool, input)
  if (answer.code !== undefined) throw new Error(answer.text)
  return answer
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

import type { RefusalCode } from '../../src/workflow/context/refusal.ts'
import { documentOf, sourceOf, testFileOf, tests, writeCode, writeTest } from './contents.ts'
import { TASKS } from '../kit/project.ts'
import type { Part, World } from './world.ts'

/** A call that an answer names. */
export interface Step {
  tool: string
  input: Record<string, unknown>
}

/** A call that was refused, and what it says. */
export interface Refused {
  code: RefusalCode
  text: string
  step: Step
  part: Part | undefined
}

/** Something to do about a refusal, if its text names it: then the call is made again, or the one that is returned. */
interface Remedy {
  says: RegExp
  /** It is not done a second time. */
  unless?: (step: Step) => boolean
  follow(world: World, refused: Refused): Promise<Step | undefined> | Step | undefined
}

/** What an honest assistant does for each refusal, if the text says so. The first that fits and was not tried before. */
const REMEDIES: Partial<Record<RefusalCode, readonly Remedy[]>> = {
  green_fails: [
    { says: /[Cc]hange the code/, follow: rightCode },
    { says: /test (that )?(was|is) wrong/, follow: rightTest },
  ],
  test_missing: [{ says: /[Ww]rite|correct the path/, follow: rightTest }],
  red_passes: [
    { says: /late: true/, unless: isLate, follow: (_world, { step }) => late(step) },
    { says: /in a file of its own/, follow: anotherTest },
    { says: /remove it for a moment/, follow: withoutCode },
    { says: /[Tt]est/, follow: rightTest },
  ],
  red_not_loaded: [{ says: /[Ff]ix|stub/, follow: loadableTest }],
  red_not_new: [{ says: /new test|[Ww]rite/, follow: anotherTest }],
  no_tests_ran: [{ says: /test/, follow: rightTest }],
  tests_missing: [{ says: /[Rr]estore/, follow: restoredTest }],
  tests_changed: [
    { says: /Restore the file, .* in a file of their own/, follow: restoredAndAnother },
    { says: /[Rr]estore|[Ff]ix/, follow: rightTest },
  ],
  nothing_changed: [{ says: /./, follow: rightCode }],
  suite_fails: [{ says: /[Ff]ix/, follow: rightNamed }],
  untested_change: [{ says: /test|revert/, follow: revertOthers }],
  file_missing: [{ says: /[Ww]rite/, follow: rightCode }],
  crashed: [{ says: /./, follow: rightNamed }],
  plan_invalid: [{ says: /Ask a human to correct/, follow: correctedPlan }],
  moved: [{ says: /again/, follow: () => undefined }],
  conflict: [{ says: /again/, follow: () => undefined }],
}

/**
 * Does what the text of a refusal names, as an honest assistant and a human do who know only that text. Returns the next call.
 * `undefined` if the text names nothing that can be done.
 */
export async function followAdvice(
  world: World,
  refused: Refused,
  alreadyTried: number,
): Promise<Step | undefined> {
  const ways = [
    ...(REMEDIES[refused.code] ?? [])
      .filter(({ says, unless }) => says.test(refused.text) && !unless?.(refused.step))
      .map(remedy => async () => (await remedy.follow(world, refused)) ?? refused.step),
    ...namedCalls(refused.text)
      .filter(step => !isSame(step, refused.step))
      .map(step => () => Promise.resolve(prepare(world, step, refused.part))),
    ...commandLines(refused.text).map(line => async () => {
      await world.human(line)
      // A task that a human accepted without proof has no step left.
      return line.startsWith('redgreen waive') ? NEXT_TASK : refused.step
    }),
  ]
  return ways[alreadyTried % Math.max(1, ways.length)]?.()
}

const NEXT_TASK: Step = { tool: 'next_task', input: {} }

/** Calls that a text names, such as "call next_task with task T001" and "call record_red with task T001 and late: true". */
function namedCalls(text: string): Step[] {
  const calls = text.matchAll(
    /call (next_task|record_red|record_green|mark_complete|run_validation)(?: with task (T\d+))?( and (?:its test files|tests \S+) and late: true| and late: true)?/gi,
  )
  return [...calls].map(([, tool = '', task, isLate]) => ({
    tool,
    input: { ...(task !== undefined && { task }), ...(isLate !== undefined && { late: true }) },
  }))
}

/** Command lines for a human in a text, such as `redgreen waive T001 --reason …`. */
export function commandLines(text: string): string[] {
  return [...text.matchAll(/`(redgreen [^`]+)`/g)].map(([, line = '']) => line)
}

/** Tests are named by the caller. */
function isSame(one: Step, other: Step): boolean {
  const [a, b] = [one, other].map(({ tool, input: { task, late } }) => [tool, task, late])
  return JSON.stringify(a) === JSON.stringify(b)
}

function isLate({ input }: Step): boolean {
  return input['late'] === true
}

function late({ tool, input }: Step): Step {
  return { tool, input: { ...input, late: true } }
}

/** Without the code, the test fails now: the code is written again after the RED. */
function withoutCode(world: World, { part, step }: Refused): Step {
  if (part && world.exists(sourceOf(part))) world.remove(sourceOf(part))
  const { late: _late, ...input } = step.input
  return { tool: step.tool, input }
}

/** A human removes what the plan says about a task that it does not have. */
function correctedPlan(world: World, { text }: Refused): undefined {
  const missing = /depends on (T\d+), which the plan does not have/.exec(text)?.[1]
  if (missing !== undefined)
    world.write(TASKS, world.read(TASKS).replaceAll(` (depends on ${missing})`, ''))
}

function rightCode(world: World, { part }: Refused): undefined {
  if (part) writeCode(world, part, 'right')
}

/** In the file that the call names. */
function rightTest(world: World, { part, step }: Refused): undefined {
  const [named] = [step.input['tests'] ?? []].flat().map(String)
  if (part && named === newTestFileOf(part)) writeAnother(world, part)
  else if (part) writeTest(world, part, 'right')
}

/** What the text names: a source file that cannot be loaded becomes a stub, as does one that is missing. Otherwise it is the test. */
function loadableTest(world: World, { part, text }: Refused): undefined {
  if (!part) return
  const named = world.parts.filter(one => text.includes(sourceOf(one)))
  for (const one of named) writeCode(world, one, 'stub')
  if (named.length === 0) writeTest(world, part, 'right')
}

/** A test in a file of its own, as a task gets that cannot use an existing one. */
function anotherTest(world: World, { part, step }: Refused): Step | undefined {
  if (!part) return undefined
  writeAnother(world, part)
  return { tool: step.tool, input: { ...step.input, tests: [newTestFileOf(part)] } }
}

function writeAnother(world: World, part: Part): void {
  const text = tests.right(part.name).replace("'answers", `'${part.id} answers`)
  world.write(newTestFileOf(part), text)
}

/** The tests that another task wrote in advance, as they were, and a test of the task itself. */
function restoredAndAnother(world: World, refused: Refused): Step | undefined {
  restoreNamed(world, refused.text, / wrote the tests in (\S+) in advance/g)
  return anotherTest(world, refused)
}

/** Writes the files that a text names as they were at their RED. */
export function restoreNamed(world: World, text: string, pattern = CHANGED): void {
  for (const [, file = ''] of text.matchAll(pattern)) {
    const known = world.recorded.get(file)
    if (known !== undefined) world.write(file, known)
  }
}

const CHANGED = /\((\S+) was changed or removed since/g

function newTestFileOf(part: Part): string {
  return testFileOf(part).replace('.test', `-${part.id.toLowerCase()}.test`)
}

/** The test under the name that the text says is missing. */
function restoredTest(world: World, { part, text }: Refused): undefined {
  if (part) writeTest(world, part, text.includes('by its name') ? 'renamed' : 'right')
}

function rightNamed(world: World, { part, text }: Refused): undefined {
  fixNamed(world, text, part)
}

/** Corrects the code of every test file that the text names, and the test file itself if it is not the one of `own`. */
export function fixNamed(world: World, text: string, own?: Part): void {
  for (const one of world.parts.filter(part => text.includes(testFileOf(part)))) {
    writeCode(world, one, 'right')
    if (one.name !== own?.name) writeTest(world, one, 'right')
  }
}

/** A task that needs no test leaves the code of others as it was. */
function revertOthers(world: World): undefined {
  const changed = world.git('status', '--porcelain', '--', 'src').split('\n')
  for (const line of changed) {
    const file = line.slice(3)
    if (file === '') continue
    if (line.startsWith('??')) world.remove(file)
    else world.git('checkout', '--', file)
  }
}

/** What has to be there before a call, as the answer before it says: the test, the code, or the document. */
export function prepare(world: World, { tool, input }: Step, part: Part | undefined): Step {
  if (!part) return { tool, input }
  if (tool === 'record_red') {
    const own = [newTestFileOf(part), testFileOf(part)].find(file => world.exists(file))
    if (own === undefined) writeTest(world, part, 'right')
    return { tool, input: { ...input, tests: [own ?? testFileOf(part)] } }
  }
  if (tool === 'record_green' && !(part.kind === 'check' && world.exists(documentOf(part)))) {
    writeCode(world, part, 'right')
  }
  return tool === 'mark_complete' && part.kind !== 'check'
    ? { tool, input: { ...input, refactor: 'nothing to clean up' } }
    : { tool, input }
}

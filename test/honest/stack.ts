import { nodeTest } from '../kit/project.ts'

/** The source and the tests of the stack that most scenarios build. */
export const SOURCE = 'src/stack.js'
export const SIZE_TEST = 'tests/size.test.js'
export const PUSH_TEST = 'tests/push.test.js'

/** The states of the source: empty, with `size`, with `size` and `push`. */
export const STUB = 'export class Stack {}\n'
export const SIZE = 'export class Stack {\n  size = 0\n}\n'
export const PUSH = 'export class Stack {\n  size = 0\n  push() {\n    this.size += 1\n  }\n}\n'

export const SIZE_IS_ZERO = nodeTest('size', 'assert.equal(new Stack().size, 0)')
export const PUSH_COUNTS = nodeTest(
  'push',
  'const s = new Stack(); s.push(1); assert.equal(s.size, 1)',
)

/** Plans of one and of two tasks. */
export const ONE_TASK = '- [ ] T001 size in src/stack.js\n'
export const TWO_TASKS = `${ONE_TASK}- [ ] T002 push in src/stack.js\n`

/** The files of the first and of the second task, for `build`. */
export const FIRST = [
  [SIZE_TEST, SIZE_IS_ZERO],
  [SOURCE, SIZE],
] as const
export const SECOND = [
  [PUSH_TEST, PUSH_COUNTS],
  [SOURCE, PUSH],
] as const

/** A test with one more import. */
export function importing(names: string, from: string, test: string): string {
  return test.replace('\n', `\nimport { ${names} } from '${from}'\n`)
}

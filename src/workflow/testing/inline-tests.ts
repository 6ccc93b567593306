import { sha256 } from '../../evidence/chain.ts'
import { inlineKey } from '../../evidence/test-bytes.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { readBytes } from '../../store/files.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { hashOfFile } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import type { TestRunner } from './test-runner.ts'
import type { Context } from '../context/context.ts'

/** Is it a test, or something that tests are made of, and no code? */
export function isTestCode(testRunner: TestRunner, file: string): boolean {
  return isTestSupport(file) || (testRunner.framework.isTest(file) && !isMixed(testRunner, file))
}

/** Is it code that may have tests in the same file? */
export function isMixed(testRunner: TestRunner, file: string): boolean {
  return testRunner.framework.inline?.holds(file) ?? false
}

/** How the workspace lies over the sources of before: `whole` decides of a file, and of code with tests those alone are taken. */
export function overlayOf(
  testRunner: TestRunner,
  whole: (file: string) => boolean,
): (file: string) => Layer {
  const { inline } = testRunner.framework
  return file => (inline?.holds(file) ? inline.merge : whole(file))
}

/** The hash of the tests in a file that holds code as well, under the name that it is frozen by. */
export function inlineHashes(
  context: Pick<Context, 'workspace'>,
  testRunner: TestRunner,
  files: readonly string[],
): Record<string, string> {
  const hashes = files.flatMap(file => {
    const hash = inlineHash(context, testRunner, file)
    return hash === undefined ? [] : [[inlineKey(file), hash] as const]
  })
  return Object.fromEntries(hashes)
}

/** The hash of the tests in a file, which is that of the file where it holds nothing else; `undefined` without one. */
export function testHash(
  context: Pick<Context, 'workspace'>,
  testRunner: TestRunner | undefined,
  file: string,
): string | undefined {
  const inline = testRunner && inlineHash(context, testRunner, file)
  return inline ?? hashOfFile(absolute(context.workspace, file))
}

function inlineHash(
  { workspace }: Pick<Context, 'workspace'>,
  testRunner: TestRunner,
  file: string,
): string | undefined {
  if (!isMixed(testRunner, file)) return undefined
  const text = readBytes(absolute(workspace, file))?.toString('utf8')
  return text === undefined ? undefined : hashOfTests(testRunner, text)
}

/** The tests in the text of a file, which is all of it where it holds nothing else. */
export function testsAlone(testRunner: TestRunner, file: string, text: string): string {
  const tests = isMixed(testRunner, file) ? testRunner.framework.inline?.testsIn(text) : undefined
  return tests || text
}

/** A source in which no test can be made out counts as a whole. */
export function hashOfTests(
  { framework: { inline } }: TestRunner,
  text: string,
): string | undefined {
  const tests = inline?.testsIn(text).trim() ?? ''
  return tests === '' ? undefined : sha256(tests)
}

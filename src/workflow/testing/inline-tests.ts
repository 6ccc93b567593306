import { sha256 } from '../../evidence/chain.ts'
import { inlineKey } from '../../evidence/test-hash.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { readBytes } from '../../store/read-file.ts'
import { hashOfFile } from '../../store/hashed-file.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'

/** Is it a test or test support (helper, fixture, snapshot), without any product code? */
export function isTestCode(testRunner: TestRunner, file: string): boolean {
  return isTestSupport(file) || (testRunner.isTest(file) && !isMixed(testRunner, file))
}

/** Can the file hold both code and tests, such as a Rust module? */
export function isMixed(testRunner: TestRunner, file: string): boolean {
  return testRunner.framework.inline?.holds(file) ?? false
}

/**
 * Which current files overlay earlier sources in a checkout. `useCurrent` decides for a whole file; of a file that mixes code and
 * tests, only the tests are current.
 */
export function overlayOf(
  testRunner: TestRunner,
  useCurrent: (file: string) => boolean,
): (file: string) => Layer {
  const { inline } = testRunner.framework
  return file => (inline?.holds(file) ? inline.merge : useCurrent(file))
}

/** For each file that mixes code and tests: the hash of its tests, by the key that events use for it. */
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

/** The hash of the tests in a file, or of the whole file if it holds nothing else; `undefined` if there is no such file. */
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

/** The tests in the text of a file, or the whole text if it holds nothing else. */
export function testsAlone(testRunner: TestRunner, file: string, text: string): string {
  const tests = isMixed(testRunner, file) ? testRunner.framework.inline?.testsIn(text) : undefined
  return tests || text
}

/** The hash of the tests in a text that mixes code and tests; `undefined` if no test is found. */
export function hashOfTests(
  { framework: { inline } }: TestRunner,
  text: string,
): string | undefined {
  const tests = inline?.testsIn(text).trim() ?? ''
  return tests === '' ? undefined : sha256(tests)
}

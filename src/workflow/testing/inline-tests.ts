import { sha256 } from '../../evidence/chain.ts'
import { inlineKey } from '../../evidence/test-bytes.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import { readBytes } from '../../store/files.ts'
import type { Layer } from '../../store/checkout/overlay.ts'
import { hashOfFile } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import type { Bench } from './test-runner.ts'
import type { Desk } from '../context/context.ts'

/** Is it a test, or something that tests are made of, and no code? */
export function isOfTests(bench: Bench, file: string): boolean {
  return isTestSupport(file) || (bench.framework.isTest(file) && !isMixed(bench, file))
}

/** Is it code that may have tests in the same file? */
export function isMixed(bench: Bench, file: string): boolean {
  return bench.framework.inline?.holds(file) ?? false
}

/** How the workspace lies over the sources of before: `whole` decides of a file, and of code with tests those alone are taken. */
export function overlayOf(bench: Bench, whole: (file: string) => boolean): (file: string) => Layer {
  const { inline } = bench.framework
  return file => (inline?.holds(file) ? inline.blend : whole(file))
}

/** The hash of the tests in a file that holds code as well, under the name that it is frozen by. */
export function inlineHashes(
  desk: Pick<Desk, 'workspace'>,
  bench: Bench,
  files: readonly string[],
): Record<string, string> {
  const hashes = files.flatMap(file => {
    const hash = inlineHash(desk, bench, file)
    return hash === undefined ? [] : [[inlineKey(file), hash] as const]
  })
  return Object.fromEntries(hashes)
}

/** The hash of the tests in a file, which is that of the file where it holds nothing else; `undefined` without one. */
export function testHash(
  desk: Pick<Desk, 'workspace'>,
  bench: Bench | undefined,
  file: string,
): string | undefined {
  const inline = bench && inlineHash(desk, bench, file)
  return inline ?? hashOfFile(absolute(desk.workspace, file))
}

function inlineHash(
  { workspace }: Pick<Desk, 'workspace'>,
  bench: Bench,
  file: string,
): string | undefined {
  if (!isMixed(bench, file)) return undefined
  const text = readBytes(absolute(workspace, file))?.toString('utf8')
  return text === undefined ? undefined : hashOfTests(bench, text)
}

/** The tests in the text of a file, which is all of it where it holds nothing else. */
export function testsAlone(bench: Bench, file: string, text: string): string {
  const tests = isMixed(bench, file) ? bench.framework.inline?.testsIn(text) : undefined
  return tests || text
}

/** A source in which no test can be made out counts as a whole. */
export function hashOfTests({ framework: { inline } }: Bench, text: string): string | undefined {
  const tests = inline?.testsIn(text).trim() ?? ''
  return tests === '' ? undefined : sha256(tests)
}

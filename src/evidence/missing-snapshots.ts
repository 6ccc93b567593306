import type { RecordedTest } from './event-parts.ts'

/**
 * Whether a test failed because nobody has written its snapshot yet, so that it fails with any code. A hint for an answer: `false` in
 * doubt.
 *
 * @param texts the test file, and the snapshot files that belong to it
 */
export function lacksSnapshot(
  { id, outcome, message = '' }: RecordedTest,
  { test, snapshots }: { test: string; snapshots: readonly string[] },
): boolean {
  if (outcome !== 'failed') return false
  if (NOT_WRITTEN.test(message)) return true
  // Vitest says the same of a snapshot that differs.
  const name = MISMATCH.exec(message)?.[1]
  if (name === undefined || snapshots.some(text => text.includes(`exports[\`${name}\`]`)))
    return false
  return OPEN.test(bodyOf(id.split(' > ').at(-1) ?? '', test))
}

/** Jest and Bun, AVA, Node, Playwright, Deno, syrupy. */
const NOT_WRITTEN =
  /^(?:\w*Error: )?(?:New snapshot was not written|Snapshot creation is not allowed in CI|No snapshot is available for this assertion|Cannot read snapshot file .*Missing snapshots can be generated|A snapshot doesn't exist at |Missing snapshot: )|^(?:AssertionError: )?assert \[- snapshot .* does not exist/
const MISMATCH = /^(?:Error: )?Snapshot `(.+)` mismatched/

/** A matcher that compares with a file, or with an inline snapshot that is still empty. */
const OPEN = /\b(?:toMatchSnapshot|toThrowErrorMatchingSnapshot)\(|InlineSnapshot\(\s*\)/

/** From the name of a test to the next one. */
function bodyOf(name: string, text: string): string {
  const at = name === '' ? -1 : text.indexOf(name)
  if (at < 0) return ''
  const rest = text.slice(at + name.length, at + name.length + MAX_CHARACTERS)
  return rest.split(/\b(?:test|it)\s*[.(]/)[0] ?? ''
}

const MAX_CHARACTERS = 10_000

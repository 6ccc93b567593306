import type { RecordedTest } from '../../evidence/event-parts.ts'
import { lacksSnapshot } from '../../evidence/missing-snapshots.ts'
import { formatList } from '../../plan/format-list.ts'
import { hashOfFile } from '../../store/hashed-file.ts'
import type { Tree } from '../../store/tree.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import type { TestRunner } from './package-runner.ts'
import { readableText } from './readable-text.ts'

/** Tests that fail with any code, because nobody has written their snapshots. */
export interface MissingSnapshots {
  /** A clause with the tests, such as `"renders a card" has no snapshot yet`. */
  fact: string
  /** The command that writes them. */
  command: string
}

/** The tests of a run that have no snapshot yet; `undefined` if none is known. */
export function missingSnapshots(
  context: Context,
  { framework }: TestRunner,
  tests: readonly RecordedTest[],
): MissingSnapshots | undefined {
  const lacking = tests.filter(test => {
    const snapshots = framework.snapshots(test.file).map(file => readableText(context, file))
    return lacksSnapshot(test, { test: readableText(context, test.file), snapshots })
  })
  const [first] = lacking
  if (!first) return undefined
  const names = lacking.map(({ id, file }) => `"${id.replace(`${file} > `, '')}"`)
  const fact = `${formatList(names, 2)} ${lacking.length === 1 ? 'has' : 'have'} no snapshot yet`
  const command =
    COMMANDS[framework.name]?.(first.file) ?? 'your test runner with the option that writes them'
  return { fact, command }
}

/** A sentence if tests pass by a snapshot that was written since these files; empty if not. */
export function writtenSnapshotHint(
  context: Context,
  { framework }: TestRunner,
  files: readonly string[],
  before: Pick<Tree, 'files'> | undefined,
): string {
  const snapshots = files.flatMap(file => framework.snapshots(file))
  const written = snapshots.filter(
    file =>
      context.reader.exists(file) &&
      before &&
      before.files[file] !== hashOfFile(absolute(context.workspace, file)),
  )
  return written.length === 0
    ? ''
    : `${formatList(written, 3)} was written before the code: a snapshot of the current output passes without the behaviour. Put into it what the code is going to return.`
}

const COMMANDS: Record<string, (file: string) => string> = {
  vitest: file => `\`npx vitest run ${file} -u\``,
  jest: file => `\`npx jest ${file} -u\``,
  ava: file => `\`npx ava ${file} --update-snapshots\``,
  'node:test': file => `\`node --test --test-update-snapshots ${file}\``,
  bun: file => `\`bun test ${file} --update-snapshots\``,
  playwright: file => `\`npx playwright test ${file} --update-snapshots\``,
  deno: file => `\`deno test --allow-all ${file} -- --update\``,
  pytest: file => `\`pytest ${file} --snapshot-update\``,
}

import process from 'node:process'
import type { StandbyParts, TestRequest } from '../framework.ts'
import { reporterPath } from '../package-root.ts'

/**
 * Versions of Node in which the test processes of a process that waited are those of a new one. Node 24 starts them with all of its own
 * options, so also with the file that waits.
 */
const VERSION = /^(?:20\.(?:19|[2-9]\d)|22\.(?:1[2-9]|[2-9]\d))\.\d+$/

/** Options that load no file of the project and leave the tests in processes of their own. */
const OPTIONS =
  /^--(?:test-concurrency|test-timeout|test-only|experimental-strip-types|experimental-transform-types|experimental-test-(?:module-mocks|snapshots)|(?:no|disable)-warnings?|trace-(?:warnings|uncaught)|enable-source-maps|stack-trace-limit|expose[-_]gc|max[-_]old[-_]space[-_]size)$/

/** It would count from the start of the process of a file, which waits. */
const FILE_LIMIT = /^--test-timeout\b/

/**
 * How `node --test` is started before its test files are known. It is the same program with the same options, and a file that waits
 * before Node looks for test files.
 *
 * @param words the arguments of the command, without those that select tests
 * @param selection the arguments that select test files
 */
export function standbyOfNodeTest(
  { files, names, script }: TestRequest,
  words: readonly string[],
  selection: string[],
): StandbyParts | undefined {
  // On Windows, a pipe is not read before the event loop starts.
  if (process.platform === 'win32' || !VERSION.test(process.versions.node)) return undefined
  // Patterns of names are options of Node, which are read when it starts.
  if (files.length === 0 || names.length > 0) return undefined
  if (script && (script.wrappers.length > 0 || script.before.length > 0 || script.loader))
    return undefined
  if (script?.nodeFlags.length || script?.options.some(({ name }) => !OPTIONS.test(name)))
    return undefined
  const program = reporterPath('node-test-standby', 'cjs')
  const argv = [process.execPath, '--require', program, ...words]
  return {
    argv,
    selection,
    ...(!words.some(word => FILE_LIMIT.test(word)) && { withFiles: [...argv, ...selection] }),
    installed: [program, reporterPath('node-test-gate', 'cjs'), reporterPath('node-test')],
    channel: 'pipe',
    readsSettings: false,
    allows: option => OPTIONS.test(option.replace(/=[^]*$/, '')),
  }
}

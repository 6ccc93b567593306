import path from 'node:path'
import process from 'node:process'
import type { StandbyParts, TestRequest } from '../framework.ts'
import { findInstalled } from '../installed.ts'
import { reporterPath } from '../package-root.ts'
import { loadsFiles } from '../standby/node-options.ts'
import { MAX_WAIT_MS } from '../standby/standby-command.ts'

/** Whose programming interface is known. Another version gets a new process for each run. */
const VERSION = /^[34]\.\d+\.\d+$/

/** Options of a test script that a standby treats as the command does. */
const OPTIONS =
  /^(?:-c|--config|-r|--root|--dir|--mode|--environment|--pool|--maxWorkers|--minWorkers|--testTimeout|--hookTimeout|--teardownTimeout|--maxConcurrency|--globals|--(?:no-)?isolate|--(?:no-)?file-?parallelism)$/i

/**
 * How Vitest is started before its test files are known.
 *
 * @param words the arguments of the command, without those that select tests
 * @param selection those that select tests
 */
export function standbyOfVitest(
  { cwd, files, script }: TestRequest,
  words: readonly string[],
  selection: string[],
): StandbyParts | undefined {
  const installed = findInstalled(cwd, 'vitest')
  if (!installed || !VERSION.test(installed.version)) return undefined
  // A path with a colon may be one with a line.
  if (files.length === 0 || files.some(file => path.relative(cwd, file).includes(':')))
    return undefined
  if (script && (script.wrappers.length > 0 || script.before.length > 0 || script.loader))
    return undefined
  if (loadsFiles(script?.nodeFlags ?? [])) return undefined
  if (script?.options.some(({ name }) => !OPTIONS.test(name))) return undefined
  const program = reporterPath('vitest-standby')
  const node = [process.execPath, ...(script?.nodeFlags ?? [])]
  return {
    argv: [...node, program, String(MAX_WAIT_MS), installed.entry, ...words],
    selection,
    installed: [path.join(path.dirname(installed.entry), 'package.json'), program],
    channel: 'ipc',
    readsSettings: true,
    allows: option => !loadsFiles([option]),
  }
}

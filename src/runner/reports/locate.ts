import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { TestRequest } from '../framework.ts'

/** The location of a test as a report names it. */
export interface ReportedLocation {
  /** A path, if the format has one. */
  file?: string | undefined
  /** The full name of a class or module, such as `tests.test_it.TestSums` or `com.acme.SumsTest`. */
  classname?: string | undefined
}

export interface TestLocation {
  /** Absolute. */
  file: string
  /** The parts of the class name that are within the file. */
  rest: string[]
}

/**
 * Finds the file of a test. The result is the same in a run of one file and in a run of the full suite, so that ids are stable.
 * If no such file exists, the requested file is used if it is the only one.
 */
export function locateTest(
  location: ReportedLocation,
  request: TestRequest,
  roots: readonly string[] = [''],
): TestLocation {
  const { file, classname = '' } = location
  // `$` precedes the name of a nested class.
  const parts = classname.split(/[.\\$]|::/).filter(part => part !== '')
  const named = file === undefined ? undefined : path.resolve(request.cwd, file)
  if (named !== undefined && existsSync(named))
    return { file: named, rest: restAfter(named, parts) }
  if (/[\\/]/.test(classname) && existsSync(path.resolve(request.cwd, classname)))
    return { file: path.resolve(request.cwd, classname), rest: [] }
  for (let length = parts.length; length > 0; length--) {
    const found = onDisk(parts.slice(0, length), request.cwd, roots)
    if (found !== undefined) return { file: found, rest: parts.slice(length) }
  }
  const [only] = request.files
  if (only !== undefined && request.files.length === 1) return { file: only, rest: parts }
  return { file: path.join(request.cwd, classname === '' ? 'suite' : classname), rest: [] }
}

/** The parts of a class name after the name of the file. */
function restAfter(file: string, parts: string[]): string[] {
  const stem = path.parse(file).name
  const at = parts.lastIndexOf(stem)
  return at < 0 ? [] : parts.slice(at + 1)
}

function onDisk(parts: string[], cwd: string, roots: readonly string[]): string | undefined {
  const name = parts.at(-1) ?? ''
  for (const root of roots) {
    const folder = path.join(cwd, root, ...parts.slice(0, -1))
    const found = namesIn(folder).find(other => path.parse(other).name === name && isCode(other))
    if (found !== undefined) return path.join(folder, found)
  }
  return undefined
}

function isCode(name: string): boolean {
  return /\.(?:py|java|kt|groovy|scala|php|[cm]?[jt]sx?|rb|cs|cc|cpp|c|exs?)$/.test(name)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Not every class name corresponds to a folder.
    return []
  }
}

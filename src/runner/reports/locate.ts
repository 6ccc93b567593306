import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { TestRequest } from '../framework.ts'

/** How a report speaks of the place of a test. */
export interface ReportedLocation {
  /** A path, where the format has one. */
  file?: string | undefined
  /** A dotted or otherwise joined name of a class or module, such as `tests.test_it.TestSums` or `com.acme.SumsTest`. */
  classname?: string | undefined
}

export interface Located {
  /** Absolute. */
  file: string
  /** What of the class's name lies within the file. */
  rest: string[]
}

/**
 * The file that a test is in. It is found alike in a run of one file and in a run of everything, so that ids are the
 * same in both; only where the disk has no such file, a single requested file stands in for it.
 */
export function locate(
  place: ReportedLocation,
  request: TestRequest,
  roots: readonly string[] = [''],
): Located {
  const { file, classname = '' } = place
  // `$` stands before a class within a class.
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

/** A class name that begins with the file's own path says more after it. */
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
    // The name of a class need not be a path.
    return []
  }
}

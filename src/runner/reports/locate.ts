import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { TestRequest } from '../framework.ts'
import { listFiles } from '../list-files.ts'

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
  const bySuffix = findBySuffix(location, parts, request)
  if (bySuffix !== undefined) return bySuffix
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

/** A report may name files and modules relative to a folder of tests that only the runner knows. */
function findBySuffix(
  { file, classname = '' }: ReportedLocation,
  parts: readonly string[],
  request: TestRequest,
): TestLocation | undefined {
  const named = [file, classname].find(
    one => one !== undefined && isCode(one) && !one.includes(' '),
  )
  if (named !== undefined) {
    const found = endingWith(
      named
        .split(/[\\/]/)
        .join('/')
        .replace(/^(?:\.{1,2}\/)+/, ''),
      request,
    )
    return found === undefined ? undefined : { file: found, rest: [] }
  }
  for (let length = parts.length; length > 0; length--) {
    const found = endingWith(`${parts.slice(0, length).join('/')}.`, request)
    if (found !== undefined) return { file: found, rest: parts.slice(length) }
  }
  return undefined
}

/** The file with this path or, if the name ends with a dot, with this path and any extension, below any folder. */
function endingWith(name: string, request: TestRequest): string | undefined {
  const all = filesOf(request)
  const fits = (file: string) => {
    const path = name.endsWith('.') ? file.replace(/[^./]*$/, '') : file
    return isCode(file) && (path === name || path.endsWith(`/${name}`))
  }
  const requested = request.files.map(file =>
    path.relative(request.cwd, file).split(path.sep).join('/'),
  )
  const found = requested.find(fits) ?? all.find(fits)
  return found === undefined ? undefined : path.join(request.cwd, found)
}

const LISTS = new WeakMap<TestRequest, string[]>()

function filesOf(request: TestRequest): string[] {
  const known = LISTS.get(request) ?? listFiles(request.cwd)
  LISTS.set(request, known)
  return known
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

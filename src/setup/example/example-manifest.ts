import { readBytes } from '../../store/read-file.ts'
import { readEntry, setEntry } from '../text/json-entry.ts'
import { Unusable } from '../text/unusable.ts'
import { EXAMPLE_PACKAGE, EXAMPLE_TEST_SCRIPT } from './example.ts'

/** A package.json with a test runner for an example. */
export interface ExampleManifest {
  before: string | undefined
  after: string
}

/**
 * The package.json that gives a project without a test runner that of Node: a new one, or one without a test script, such as
 * `npm install` and `npm init` leave it. `undefined` if it has a script of its own, or cannot be read.
 *
 * @param file absolute path of package.json
 */
export function exampleManifest(file: string): ExampleManifest | undefined {
  const before = readBytes(file)?.toString('utf8')
  if (before === undefined) return { before, after: EXAMPLE_PACKAGE }
  try {
    const script = readEntry(before, SCRIPT)
    if (script !== undefined && !(typeof script === 'string' && NO_TESTS.test(script)))
      return undefined
    return { before, after: setEntry(before, SCRIPT, EXAMPLE_TEST_SCRIPT) }
  } catch (error) {
    if (error instanceof Unusable) return undefined
    throw error
  }
}

const SCRIPT = ['scripts', 'test'] as const
/** What `npm init` writes. */
const NO_TESTS = /no test specified/

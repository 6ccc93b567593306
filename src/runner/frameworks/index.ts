import type { Framework, PackageView } from '../framework.ts'
import { languageOf } from '../languages.ts'
import { readTestScript } from '../test-script/test-script.ts'
import { ava } from './ava.ts'
import { bun } from './bun.ts'
import { cargo } from './cargo.ts'
import { ctest } from './ctest.ts'
import { deno } from './deno.ts'
import { django } from './django.ts'
import { dotnet } from './dotnet.ts'
import { go } from './go.ts'
import { gradle } from './gradle.ts'
import { jest } from './jest.ts'
import { maven } from './maven.ts'
import { minitest } from './minitest.ts'
import { mocha } from './mocha.ts'
import { nextest } from './nextest.ts'
import { nodeTest } from './node-test.ts'
import { pest, phpunit } from './phpunit.ts'
import { playwright } from './playwright.ts'
import { prove } from './prove.ts'
import { pytest } from './pytest.ts'
import { rspec } from './rspec.ts'
import { unittest } from './unittest.ts'
import { vitest } from './vitest.ts'

/** All supported test runners, in the order in which they are detected. */
export const frameworks: Framework[] = [
  vitest,
  jest,
  mocha,
  ava,
  nodeTest,
  bun,
  deno,
  playwright,
  django,
  pytest,
  unittest,
  go,
  nextest,
  cargo,
  rspec,
  minitest,
  pest,
  phpunit,
  prove,
  maven,
  gradle,
  ctest,
  dotnet,
]

export interface DetectedFramework {
  framework: Framework
  /** By what it was detected, as a phrase. */
  because: string
}

export interface DetectionHints {
  /** Name of a framework from the settings. It takes precedence for test files of its language. */
  prefer?: string
  /** Path of the test file. Only frameworks for its language are considered. */
  testFile?: string
  /** Text of the test file. Its imports take precedence over the dependencies of the package. */
  testContent?: string
}

/** Detects the framework of a package or of one of its test files; `undefined` if there is none. */
export function detectFramework(
  view: PackageView,
  hints: DetectionHints = {},
): DetectedFramework | undefined {
  const language = languageOf(hints.testFile ?? '')
  const fits = (framework: Framework) =>
    language === undefined || framework.language === undefined || framework.language === language
  const preferred = frameworks.find(({ name }) => name === hints.prefer)
  if (preferred && fits(preferred)) return { framework: preferred, because: 'the settings' }
  if (hints.prefer !== undefined && !preferred) return undefined
  const candidates = frameworks.filter(fits)
  const content = hints.testContent ?? ''
  return (
    fromContent(candidates, content) ??
    fromScript(candidates, view) ??
    fromPackage(candidates, view) ??
    guess(candidates, content)
  )
}

function fromContent(
  candidates: readonly Framework[],
  content: string,
): DetectedFramework | undefined {
  const framework = candidates.find(({ imports }) => imports?.test(content))
  return framework && { framework, because: `the import of ${framework.name} in the test file` }
}

/** The runner that the project's own test script starts. A test for that of Node imports it, so that nothing has to be guessed. */
function fromScript(
  candidates: readonly Framework[],
  view: PackageView,
): DetectedFramework | undefined {
  for (const use of readTestScript(view.manifest)?.uses ?? []) {
    const framework = candidates.find(({ name }) => name === use.framework)
    if (framework && framework !== nodeTest)
      return { framework, because: `${framework.name} in the script "test" of package.json` }
  }
  return undefined
}

function fromPackage(
  candidates: readonly Framework[],
  view: PackageView,
): DetectedFramework | undefined {
  for (const framework of candidates) {
    const because = framework.detect(view)
    if (because !== undefined) return { framework, because }
  }
  return undefined
}

function guess(candidates: readonly Framework[], content: string): DetectedFramework | undefined {
  const framework = candidates.find(({ fallback }) => fallback?.test(content))
  return framework && { framework, because: 'how the test file is written' }
}

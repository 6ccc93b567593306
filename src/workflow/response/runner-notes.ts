import type { Kind, Task } from '../../plan/plan.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import { languageOf, type Language } from '../../runner/languages.ts'
import type { Context } from '../context/context.ts'
import { installHint } from '../testing/install-hint.ts'
import type { TestRunner } from '../testing/package-runner.ts'
import { findTestRunner } from '../testing/test-runner.ts'

/** A warning with a task whose tests cannot run yet, because there is no test runner, or because it is not installed. */
export async function runnerNotes(
  context: Context,
  { id, kind, files }: Pick<Task, 'id' | 'kind' | 'files'>,
): Promise<string[]> {
  if (!WITH_TESTS.has(kind)) return []
  const testRunner = findTestRunner(context, files.find(isTestFile))
  if (!testRunner)
    return [
      `! No test runner was recognized in the project, and ${id} is proven by tests. ${stepFor(context, files)}`,
    ]
  const step = hasRun(context, testRunner) ? undefined : await installHint(context, testRunner)
  const { framework, evidence } = testRunner
  return step === undefined
    ? []
    : [
        `! ${framework.name} (from ${evidence}) is not installed, so no test of ${id} can run yet. ${step}`,
      ]
}

/** For Python, the interpreter has to be started to find out, which is not worth the time once a test has run. */
function hasRun({ ledger }: Context, { framework: { name, module } }: TestRunner): boolean {
  return (
    module !== undefined &&
    ledger.events.some(
      event => event.kind === 'red' && `${event.run.framework} `.startsWith(`${name} `),
    )
  )
}

/** Test files may name their runner themselves. */
function stepFor({ reader }: Context, files: readonly string[]): string {
  const named = files.map(languageOf).find(language => language !== undefined)
  const language = named ?? (reader.exists('package.json') ? 'javascript' : undefined)
  return (
    (language && STEPS[language]) ??
    `Set the project up for one first, such as with its build file, or ask a human to set commands.tests in ${SETTINGS_FILE}.`
  )
}

const STEPS: Partial<Record<Language, string>> = {
  javascript:
    'Write the test with `node:test`, which needs no installation, or install another runner first, such as with `npm install --save-dev vitest`.',
  python:
    'Write the test with pytest if `python3 -m pytest --version` finds it, otherwise with `unittest`, which needs no installation.',
  go: 'Run `go mod init NAME` first.',
  rust: 'Run `cargo init` first.',
}

const WITH_TESTS: ReadonlySet<Kind> = new Set(['build', 'test', 'cover', 'refactor'])

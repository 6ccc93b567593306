import type { ExamplePlan, ExampleTask } from '../../dialects/dialect.ts'
import { dialects } from '../../dialects/index.ts'

/** The formats that there is an example of: all of them, the one to begin with first. */
export const EXAMPLE_NAMES = dialects.map(({ name }) => name)

/** A small plan in a format; `undefined` if there is none for it. `framework` is the test runner of the project. */
export function examplePlan(
  format: string,
  framework: string | undefined,
): ExamplePlan | undefined {
  return dialects.find(({ name }) => name === format)?.example(taskFor(framework))
}

/** `npm test` runs Node's own test runner. */
export const EXAMPLE_TEST_SCRIPT = 'node --test'

/** For a project without any package. */
export const EXAMPLE_PACKAGE = `${JSON.stringify(
  { name: 'example', private: true, type: 'module', scripts: { test: EXAMPLE_TEST_SCRIPT } },
  null,
  2,
)}\n`

function taskFor(framework: string | undefined): ExampleTask {
  const title = 'Convert a title to lower case with dashes'
  return framework === 'pytest' || framework === 'unittest'
    ? { title, source: 'slug.py', test: 'tests/test_slug.py' }
    : { title, source: 'src/slug.js', test: 'test/slug.test.js' }
}

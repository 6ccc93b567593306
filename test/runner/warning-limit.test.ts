import { expect, test } from 'vitest'
import { warningLimit } from '../../src/runner/warning-limit.ts'
import { packageOf } from '../../src/store/package-view.ts'
import { folderWith } from './project.ts'

function limit(command: string, files: Record<string, string> = {}): number {
  return warningLimit(
    command.split(' '),
    packageOf({ root: folderWith(files) }, 'package.json').view,
  )
}

const scripts = (all: Record<string, string>) => ({
  'package.json': JSON.stringify({ scripts: all }),
})

test.each([
  ['eslint .', Infinity],
  ['eslint --max-warnings 0 .', 0],
  ['eslint --max-warnings=12 .', 12],
  ['oxlint --deny-warnings', 0],
  ['oxlint -D all', Infinity],
  ['biome lint --error-on-warnings .', 0],
  ['cargo clippy -- -D warnings', 0],
  ['cargo clippy -- -Dwarnings', 0],
  ['gcc -Werror -c a.c', 0],
  ['gcc -Wall -c a.c', Infinity],
  ['pyright --warnings', 0],
  ['tool --no-warnings', Infinity],
  ['tool --warnings-file x', Infinity],
])('the command `%s` passes with %s warnings', (command, expected) => {
  expect(limit(command)).toBe(expected)
})

test.each([
  ['npm run lint', scripts({ lint: 'eslint --max-warnings=3 .' }), 3],
  [
    'npm run lint',
    scripts({
      lint: 'npm run lint:js && pnpm css',
      'lint:js': 'eslint .',
      css: 'stylelint --max-warnings 2',
    }),
    2,
  ],
  [
    'npm run -s lint',
    scripts({ lint: 'yarn other', other: 'yarn lint && oxlint --deny-warnings' }),
    0,
  ],
  ['npm run lint', scripts({ lint: 'eslint .', other: 'eslint --max-warnings 0 .' }), Infinity],
  [
    'make lint',
    { Makefile: 'lint: deps\n\tcargo clippy -- -D warnings\n\ntest:\n\tcargo test\n' },
    0,
  ],
  [
    'make lint',
    { Makefile: 'lint:\n\teslint .\n\nstrict:\n\teslint --max-warnings 0 .\n' },
    Infinity,
  ],
  ['node oxlint', { '.oxlintrc.json': '{ "options": { "denyWarnings": true } }' }, 0],
  ['node oxlint', { '.oxlintrc.jsonc': '{ "options": { "maxWarnings": 4 } }' }, 4],
  ['eslint .', { '.oxlintrc.json': '{ "options": { "denyWarnings": true } }' }, Infinity],
])('what `%s` starts and its configuration count too', (command, files, expected) => {
  expect(limit(command, files)).toBe(expected)
})

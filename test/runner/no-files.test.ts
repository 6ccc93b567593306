import { expect, test } from 'vitest'
import { foundNoFiles } from '../../src/runner/no-files.ts'

test.each([
  [
    'oxlint',
    'No files found to lint. Please check your paths and ignore patterns.\nFinished in 18ms on 0 files.\n',
  ],
  [
    'eslint',
    '\nOops! Something went wrong! :(\n\nESLint: 9.39.5\n\nNo files matching the pattern "src/**/*.js" were found.\nPlease check for typing mistakes in the pattern.\n',
  ],
  [
    'eslint, all ignored',
    'You are linting ".", but all of the files matching the glob pattern "." are ignored.\n',
  ],
  [
    'tsc',
    "error TS18003: No inputs were found in config file '/project/tsconfig.json'. Specified 'include' paths were '[\"src\"]' and 'exclude' paths were '[]'.\n",
  ],
  [
    'biome',
    'lint ━━━━━━━━\n\n  × No files were processed in the specified paths.\n\n  i These paths were provided but ignored:\n\n  - src\n',
  ],
  [
    'biome in colour',
    '\u001B[0m\u001B[1m\u001B[31m✖\u001B[0m \u001B[31mNo files were processed\u001B[0m in the specified paths.\n',
  ],
  [
    'prettier, no pattern matches',
    '[error] No files matching the pattern were found: "src/**/*.js".\n',
  ],
  [
    'prettier, a folder',
    'Checking formatting...\n[error] No supported files were found in the directory: "src".\n',
  ],
  [
    'stylelint',
    'NoFilesFoundError: No files matching the pattern "src/**/*.css" were found.\n    at standalone (file:///project/node_modules/stylelint/lib/standalone.mjs:324:43)\n',
  ],
  ['mypy', "There are no .py[i] files in directory 'src'\n"],
  ['go vet', 'go: warning: "./..." matched no packages\nno packages to vet\n'],
  ['deno lint', 'error: No target files found.\n'],
])('%s says that there is no file to check', (_tool, output) => {
  expect(foundNoFiles(output)).toBe(true)
})

test.each([
  ['a finding', 'src/a.js:3:7: error No files found to lint\n'],
  ['a program that is not installed', 'sh: 1: eslint: not found\n'],
  [
    'a broken configuration',
    "ESLint couldn't find an eslint.config.(js|mjs|cjs) file.\n\nNo files were changed.\n",
  ],
  ['nothing', ''],
])('%s is not taken for it', (_what, output) => {
  expect(foundNoFiles(output)).toBe(false)
})

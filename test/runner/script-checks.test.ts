import { chmodSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { findChecks } from '../../src/runner/checks.ts'
import { packageOf } from '../../src/store/package-view.ts'
import { folderWith, temporaryFolder } from './project.ts'

/** Command and origin of the linter and the type checker of a folder with these files. */
function checks(files: Record<string, string>, programs: string[] = []) {
  const bin = folderWith(Object.fromEntries(programs.map(name => [name, '#!/bin/sh\n'])))
  for (const name of programs) chmodSync(path.join(bin, name), 0o755)
  vi.stubEnv('PATH', programs.length > 0 ? bin : temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
  const root = folderWith(files)
  for (const file of Object.keys(files))
    if (file.includes('.bin/')) chmodSync(path.join(root, file), 0o755)
  const found = findChecks(root, packageOf({ root }, 'package.json').view)
  const of = (kind: string) =>
    found.find(check => check.kind === kind)?.argv.map(part => part.replace(`${root}/`, ''))
  return { lint: of('lint'), types: of('types') }
}

const scripts = (all: Record<string, string>) => ({
  'package.json': JSON.stringify({ scripts: all }),
})
const ESLINT = {
  'eslint.config.js': '',
  'node_modules/eslint/package.json': '{"version":"9.0.0","bin":{"eslint":"bin.js"}}',
  'node_modules/eslint/bin.js': '',
  'node_modules/.bin/eslint': '#!/bin/sh\n',
}
const TYPESCRIPT = {
  'tsconfig.json': '{}',
  'node_modules/typescript/package.json': '{"version":"6.0.0","bin":{"tsc":"bin/tsc"}}',
  'node_modules/typescript/bin/tsc': '',
  'node_modules/.bin/tsc': '#!/bin/sh\n',
}

describe("the project's own scripts", () => {
  test.each([
    ['lint', 'lint', 'eslint src'],
    ['lint', 'lint:check', 'eslint src --max-warnings 0'],
    ['lint', 'check:lint', 'cross-env CI=1 eslint .'],
    ['types', 'typecheck', 'tsc --noEmit'],
    ['types', 'check:types', 'tsc -p tsconfig.test.json'],
    ['types', 'type-check', 'npx tsc --noEmit -p .'],
    ['types', 'types', 'tsc --noEmit'],
  ])('are %s: "%s": "%s"', (kind, name, script) => {
    const found = checks({ ...ESLINT, ...TYPESCRIPT, ...scripts({ [name]: script }) })
    expect(found).toMatchObject({ [kind]: ['npm', 'run', name] })
  })

  test.each([
    ['that change files', { lint: 'eslint . --fix' }],
    ['that do not end', { lint: 'eslint . --watch', typecheck: 'tsc --noEmit -w' }],
    ['whose program is not installed', { lint: 'biome check', typecheck: 'vue-tsc' }],
    ['that build something', { types: 'tsc --emitDeclarationOnly', tsc: 'tsc' }],
  ])('are left out: those %s', (_what, all) => {
    const found = checks({ ...ESLINT, ...TYPESCRIPT, ...scripts(all) })
    expect(found.lint?.slice(1)).toEqual(['node_modules/eslint/bin.js', '.'])
    expect(found.types?.at(-1)).toBe('tsconfig.json')
  })

  test('that only check come before those that may fix', () => {
    const all = { lint: 'eslint .', 'lint:check': 'eslint . --max-warnings 0' }
    expect(checks({ ...ESLINT, ...scripts(all) }).lint).toEqual(['npm', 'run', 'lint:check'])
  })

  test('run by the package manager of the lock file, if it is installed', () => {
    const files = { ...ESLINT, ...scripts({ lint: 'eslint .' }), 'pnpm-lock.yaml': '' }
    expect(checks(files, ['pnpm']).lint).toEqual(['pnpm', 'run', 'lint'])
    expect(checks(files).lint).toEqual(['npm', 'run', 'lint'])
  })

  test('may call the linter in the script of the tests', () => {
    const xo = {
      'node_modules/xo/package.json': '{"version":"1.0.0","bin":"cli.js"}',
      'node_modules/xo/cli.js': '',
    }
    expect(checks({ ...xo, ...scripts({ test: 'xo --quiet && ava' }) }).lint).toEqual([
      process.execPath,
      'node_modules/xo/cli.js',
      '--quiet',
    ])
    expect(checks({ ...xo, ...scripts({ test: 'xo --fix && ava' }) }).lint).toBeUndefined()
  })
})

test('the compiler gets the configuration that a script gives it', () => {
  const files = {
    ...TYPESCRIPT,
    'tsconfig.build.json': '{}',
    ...scripts({ build: 'rm -rf dist && tsc -p tsconfig.build.json' }),
  }
  expect(checks(files).types?.slice(-2)).toEqual(['-p', 'tsconfig.build.json'])
})

test.each([
  ['pyproject.toml', '[tool.mypy]\nfiles = ["src"]\n', []],
  ['mypy.ini', '[mypy]\npackages = shop\n', []],
  ['pyproject.toml', '[tool.mypy]\nstrict = true\n[tool.setuptools]\npackages = ["shop"]\n', ['.']],
])('mypy checks what %s says: %s', (file, text, rest) => {
  const found = checks({ [file]: text }, ['mypy'])
  expect(found.types?.slice(3)).toEqual(rest)
})

describe('a recipe', () => {
  test.each([
    ['Makefile', 'lint:\n\truff check src\n\ntypecheck:\n\t@mypy src\n', 'make'],
    ['justfile', 'lint:\n    ruff check src\ntypecheck:\n    mypy src\n', 'just'],
  ])('of a %s is used if it is simple', (file, text, program) => {
    expect(checks({ [file]: text }, [program, 'ruff', 'mypy'])).toEqual({
      lint: [program, 'lint'],
      types: [program, 'typecheck'],
    })
  })

  test.each([
    ['has prerequisites', 'lint: install\n\truff check src\n'],
    ['runs other programs', 'lint:\n\tdocker compose run lint\n'],
    ['changes files', 'lint:\n\truff check --fix src\n'],
  ])('is not used if it %s', (_what, text) => {
    expect(checks({ Makefile: text }, ['make', 'ruff', 'docker']).lint).toBeUndefined()
  })
})

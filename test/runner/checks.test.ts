import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { findChecks, missingChecks } from '../../src/runner/checks.ts'
import { runProcess } from '../../src/runner/run.ts'
import { packageOf } from '../../src/store/package-view.ts'
import { folderWith, projectWith, temporaryFolder } from './project.ts'

describe('checks', () => {
  // The packages of another Vitest contain no type checker.
  test.skipIf(process.env['REDGREEN_TEST_RUNNERS'])(
    'a type checker and a linter that are configured and installed are found and run',
    async () => {
      const root = projectWith({
        'tsconfig.json': '{"compilerOptions":{"strict":true,"types":[]},"include":["a.ts"]}',
        'a.ts': `export const n: number = 'text'\n`,
        '.oxlintrc.json': '{"ignorePatterns":["node_modules"]}',
      })
      const { found } = checksIn(root)
      expect(found.map(({ kind, name, because }) => [kind, name, because])).toEqual([
        ['types', 'tsc', 'tsconfig.json'],
        ['lint', 'oxlint', '.oxlintrc.json'],
      ])
      const [types, lint] = await Promise.all(
        found.map(({ argv }) => runProcess({ argv, cwd: root, timeoutMs: 120_000 })),
      )
      expect(types).toMatchObject({ end: 'exited', output: expect.stringContaining('TS2322') })
      expect(types?.exitCode).not.toBe(0)
      expect(lint?.exitCode).toBe(0)
    },
  )

  test('that are configured but not installed are listed as missing', () => {
    setPath(temporaryFolder())
    const root = folderWith({
      'pyproject.toml': '[tool.mypy]\n[tool.ruff]\n',
      // A file that is not executable is not a program.
      '.venv/bin/mypy': '',
      '.golangci.yml': '',
      '.rubocop.yml': '',
      'biome.json': '{}',
    })
    const missing = ['biome', 'golangci-lint', 'mypy', 'rubocop', 'ruff']
    expect(checksIn(root)).toEqual({ found: [], missing })
  })

  test('are found in the virtual environment of the project, otherwise on the PATH', () => {
    const bin = programsIn('ruff', 'rubocop')
    setPath(bin)
    const root = folderWith({
      'pyproject.toml': '[tool.mypy]\n[tool.ruff]\n',
      '.golangci.yml': '',
      '.rubocop.yml': '',
    })
    const mypy = path.join(root, '.venv/bin/mypy')
    makeProgram(mypy)
    const { found, missing } = checksIn(root)
    expect(found.map(({ name, argv }) => [name, argv[0]])).toEqual([
      ['mypy', mypy],
      ['ruff', 'ruff'],
      ['rubocop', 'rubocop'],
    ])
    expect(missing).toEqual(['golangci-lint'])
  })

  test('of Cargo are found only if the project configures them', () => {
    setPath(programsIn('cargo'))
    const namesIn = (text: string) =>
      checksIn(folderWith({ 'Cargo.toml': text })).found.map(({ name }) => name)
    expect(namesIn('[package]')).toEqual([])
    expect(namesIn('[lints.clippy]')).toEqual(['cargo clippy'])
    expect(namesIn('[lints.rust]')).toEqual(['cargo check'])
  })
})

function checksIn(root: string) {
  const { view, folder } = packageOf({ root }, 'a_file')
  return { found: findChecks(folder, view), missing: missingChecks(folder, view).toSorted() }
}

/** Replaces the PATH, so that the result does not depend on which programs the machine has. */
function setPath(folder: string): void {
  vi.stubEnv('PATH', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
}

/** A folder with executable files of these names. */
function programsIn(...names: string[]): string {
  const folder = temporaryFolder()
  for (const name of names) makeProgram(path.join(folder, name))
  return folder
}

function makeProgram(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '', { mode: 0o755 })
}

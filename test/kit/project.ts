import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { codeOf } from '../../src/store/disk.ts'

/** A real workspace in a temporary folder, which is removed after the test. */
export interface Project {
  root: string
  write(file: string, text: string): void
  read(file: string): string
  remove(file: string): void
}

/** Creates a workspace with these files, as a git repository unless the test says otherwise. */
export function makeProject(files: Record<string, string>, { git = true } = {}): Project {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-test-')))
  onTestFinished(() => removeAll(root, { force: true }))
  const project = projectAt(root)
  for (const [file, text] of Object.entries(files)) project.write(file, text)
  if (git) execFileSync('git', ['init', '-q', root])
  return project
}

/** A workspace that exists, such as a clone. */
export function projectAt(root: string): Project {
  return {
    root,
    write(file, text) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    },
    read: file => readFileSync(path.join(root, file), 'utf8'),
    remove: file => removeAll(path.join(root, file)),
  }
}

/** A server may still write there after its answer, and the retries of `rmSync` do not remove what appeared meanwhile. */
function removeAll(place: string, { force = false } = {}): void {
  for (let attempts = 10; ; attempts -= 1) {
    try {
      rmSync(place, { recursive: true, force, maxRetries: 1 })
      return
    } catch (error) {
      if (attempts === 1 || codeOf(error) !== 'ENOTEMPTY') throw error
    }
  }
}

/** The tasks of a small feature; each test says its own. */
export const TASKS = 'specs/001-stack/tasks.md'

/** A project with one spec-kit feature, tested with Node's own runner. */
export function stackProject(
  tasks: string,
  more: Record<string, string> = {},
  options = {},
): Project {
  const manifest = { name: 'stack', type: 'module', scripts: { test: 'node --test' } }
  return makeProject(
    {
      'package.json': JSON.stringify(manifest),
      'specs/001-stack/spec.md': '# Stack\n\nA stack of numbers.\n',
      'specs/001-stack/plan.md': '# Plan\n\nPlain JavaScript.\n',
      [TASKS]: tasks,
      ...more,
    },
    options,
  )
}

/** A test for Node's own runner, with one expectation. */
export function nodeTest(name: string, body: string): string {
  return `import test from 'node:test'\nimport assert from 'node:assert/strict'\n${
    body.includes('Stack') ? "import { Stack } from '../src/stack.js'\n" : ''
  }test('${name}', () => {\n  ${body}\n})\n`
}

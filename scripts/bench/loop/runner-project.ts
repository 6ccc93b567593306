import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { numbersTo } from '../peers/contestant.ts'
import { featureWith, makeRepository, type Repository } from '../repository.ts'

/** A test runner, and how a person runs one test file with it. */
export interface LoopRunner {
  name: string
  /** The script `test` of package.json. */
  script: string
  byHand: (file: string) => string[]
  /** The text of a test that expects this value of the function. */
  test: (part: Part) => string
}

/** A function of one task, and the files of its code and test. */
export interface Part {
  title: string
  name: string
  code: string
  test: string
  value: number
}

export const LOOP_RUNNERS: readonly LoopRunner[] = [
  {
    name: 'vitest run',
    script: 'vitest run',
    byHand: file => ['npx', 'vitest', 'run', file],
    test: ({ name, value }) => `import { expect, test } from 'vitest'
import { ${name} } from '../src/${name}.js'
test('${name}', () => expect(${name}()).toBe(${value}))
`,
  },
  {
    name: 'node --test',
    script: 'node --test',
    byHand: file => ['node', '--test', file],
    test: ({ name, value }) => `import test from 'node:test'
import assert from 'node:assert/strict'
import { ${name} } from '../src/${name}.js'
test('${name}', () => assert.equal(${name}(), ${value}))
`,
  },
]

export function partOf(task: number): Part {
  const name = `part${task}`
  const code = `src/${name}.js`
  return {
    title: `Add ${name}() in ${code}`,
    name,
    code,
    test: `tests/${name}.test.js`,
    value: task,
  }
}

/** A project with a task for each part. Its dependencies are those of this repository. */
export function makeRunnerProject(
  { script }: LoopRunner,
  tasks: number,
  settings: object,
): Repository {
  const lines = numbersTo(tasks).map(
    task => `- [ ] T${String(task).padStart(3, '0')} ${partOf(task).title}`,
  )
  const repository = makeRepository({
    ...featureWith(`## Core\n\n${lines.join('\n')}\n`, settings),
    'package.json': JSON.stringify({ type: 'module', scripts: { test: script } }),
    '.gitignore': 'node_modules\n',
  })
  symlinkSync(path.resolve('node_modules'), path.join(repository.root, 'node_modules'))
  return repository
}

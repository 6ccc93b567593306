import { cpSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { nodeTest } from '../../../src/runner/frameworks/node-test.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { stampOfPlace } from '../../../src/runner/standby/standby-command.ts'
import { folderWith, projectWith, resultLines } from '../project.ts'
import { writeFiles } from '../write-files.ts'
import { keepStandbys, prepareIn, runFiles } from './warm-run.ts'

const PACKAGE = 'packages/x'
const FRAMEWORKS = [
  { framework: nodeTest, head: `import test from 'node:test'` },
  { framework: vitest, head: `import { test } from 'vitest'` },
]

/** Looks at a file by the working directory of its process. */
const testOf = (head: string) => `${head}
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
test('x', () => assert.equal(readFileSync('src/it.js', 'utf8'), '1'))
`

/** The folder at the path is another one then, with the same files. */
function moveAway(root: string, folder: string): void {
  renameSync(path.join(root, folder), path.join(root, 'old'))
  cpSync(path.join(root, 'old'), path.join(root, folder), {
    recursive: true,
    preserveTimestamps: true,
  })
}

function restore(root: string, folder: string): void {
  const copy = path.join(root, 'copy')
  cpSync(path.join(root, folder), copy, { recursive: true, preserveTimestamps: true })
  rmSync(path.join(root, folder), { recursive: true })
  renameSync(copy, path.join(root, folder))
}

// Windows keeps the folder of a process where it is.
describe.skipIf(process.platform === 'win32').each(FRAMEWORKS)(
  'a new process of $framework.name runs the tests',
  ({ framework, head }) => {
    keepStandbys()

    test.each([
      ['the folder of the package was replaced', moveAway, PACKAGE],
      ['a folder above it was replaced', moveAway, 'packages'],
      ['the folder was deleted and restored', restore, PACKAGE],
    ] as const)('if %s', async (_name, replace, folder) => {
      const file = `${PACKAGE}/test/it.test.mjs`
      const root = projectWith({
        [`${PACKAGE}/src/it.js`]: '0',
        [file]: testOf(head),
      })
      await prepareIn(root, path.join(root, PACKAGE), framework)
      replace(root, folder)
      writeFiles(root, { [`${PACKAGE}/src/it.js`]: '1' })
      const outcome = await runFiles(root, { files: [file], cwd: PACKAGE }, true, framework)
      expect([outcome.warm, ...resultLines(outcome)]).toEqual([undefined, `${file} > x: passed`])
    })
  },
)

test.each([true, false])('what a task writes does not count as another folder', readsSettings => {
  const root = folderWith({ [`${PACKAGE}/package.json`]: '{}' })
  const cwd = path.join(root, PACKAGE)
  const command = {
    argv: [],
    cwd,
    root,
    env: {},
    installed: [],
    channel: 'ipc' as const,
    readsSettings,
  }
  const before = stampOfPlace(command)
  writeFiles(root, { [`${PACKAGE}/src/a.js`]: '', 'packages/y/b.js': '', 'docs/c.md': '' })
  expect(stampOfPlace(command)).toBe(before)
})

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { array, assert, constantFrom, property, subarray } from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { otherRepositories } from '../../../src/workflow/context/other-repositories.ts'
import { openWorkspace } from '../../../src/store/workspace.ts'
import { buildPlan } from '../../plan/build-plan.ts'
import { countReads } from '../../plan/count-reads.ts'

const FOLDERS = ['lib', 'lib/core', 'app', 'vendor/one']
const files = constantFrom(
  'lib',
  'lib/',
  'lib/a.js',
  'lib/core/b.js',
  'lib/a.test.js',
  'app/c.js',
  'vendor/one',
  'vendor/two/d.js',
  'e.js',
  'none/f.js',
  './app/g.js',
)
const cases = array(array(files, { maxLength: 3 }), { maxLength: 4 })

it('the folders of a plan show whether one of its tasks names code in another repository', () => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-test-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const folder of FOLDERS) mkdirSync(path.join(root, folder), { recursive: true })
  writeFileSync(path.join(root, 'e.js'), '')
  assert(
    property(cases, subarray(FOLDERS), (all, repositories) => {
      for (const folder of FOLDERS)
        rmSync(path.join(root, folder, '.git'), { recursive: true, force: true })
      for (const folder of repositories) mkdirSync(path.join(root, folder, '.git'))
      const workspace = openWorkspace(root)
      if (!workspace) throw new Error('the folder is gone')
      const plan = buildPlan({ One: all.map((files, at) => ({ id: `T${at}`, files })) })
      const { of, areNamed } = otherRepositories({ workspace })
      const found = plan.tasks.flatMap(task => of(task) ?? [])
      const expected = all.flatMap(names => {
        const code = names.filter(name => !name.includes('.test.'))
        const above = code.map(name =>
          prefixes(name).find(folder => repositories.includes(path.posix.normalize(folder))),
        )
        return above.every(one => one !== undefined) ? (above[0] ?? []) : []
      })
      expect(found).toEqual(expected)
      expect(found.length === 0 || areNamed(plan)).toBe(true)
      expect(repositories.length === 0 && areNamed(plan)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

it('the files of a plan are divided into folders once', () => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-test-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const workspace = openWorkspace(root)
  if (!workspace) throw new Error('the folder is gone')
  const tasks = Array.from({ length: 500 }, (_, at) => ({ id: `T${at}`, files: [`lib/${at}.js`] }))
  const { counted, reads } = countReads(buildPlan({ One: tasks }))
  expect(otherRepositories({ workspace }).areNamed(counted)).toBe(false)
  const first = reads()
  mkdirSync(path.join(root, 'lib/.git'), { recursive: true })
  expect(otherRepositories({ workspace }).areNamed(counted)).toBe(true)
  expect(reads()).toBe(first)
})

function prefixes(file: string): string[] {
  const parts = file.split('/').filter(part => part !== '')
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

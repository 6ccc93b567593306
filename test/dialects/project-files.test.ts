import { expect, test } from 'vitest'
import { projectFolder } from '../../src/dialects/plan-folders.ts'
import { filesInProject } from '../../src/dialects/project-files.ts'
import { specKit } from '../../src/dialects/spec-kit/spec-kit.ts'
import { asksTheSame } from '../../src/plan/recorded-tasks.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'

const TASKS = '- [ ] T001 Add a in src/one.js\n- [ ] T002 Add b in lib/two.js and README.md\n'

/** The files of the tasks of a plan in `dir`, with these files around it. */
function filesOf(dir: string, files: readonly string[]) {
  const tasks = `${dir}/tasks.md`
  const around = Object.fromEntries(files.map(file => [file, 'x']))
  const reader = memoryWorkspace({ ...around, [tasks]: TASKS })
  const plan = specKit.read(reader, { id: '001-a', dir, tasks })
  return filesInProject(reader, plan).tasks.map(task => task.files)
}

test.each(['apps/web/specs/001-a', 'apps/web/.specify/specs/001-a', 'apps/web/docs/specs/001-a'])(
  'the files of a plan in %s are looked for from the workspace, then from its project',
  dir => {
    const present = ['apps/web/src/one.js', 'README.md', 'apps/web/README.md']
    expect(filesOf(dir, present)).toEqual([['apps/web/src/one.js'], ['lib/two.js', 'README.md']])
  },
)

test.each(['specs/001-a', '.specify/specs/001-a', 'docs/specs/001-a', 'features/login'])(
  'the files of a plan in %s are looked for from the workspace',
  dir => {
    expect(filesOf(dir, ['features/src/one.js', 'docs/src/one.js'])[0]).toEqual(['src/one.js'])
  },
)

test.each([
  ['PLAN.md', ''],
  ['docs/PLAN.md', ''],
  ['apps/web/PLAN.md', 'apps/web'],
  ['apps/web/docs/lists/PLAN.md', 'apps/web'],
  ['apps/web/docs/superpowers/plans/a.md', 'apps/web'],
])('a plan in the file %s belongs to the folder "%s"', (file, folder) => {
  expect(projectFolder(file)).toBe(folder)
})

test('a task stays the same when its file appears in the project', () => {
  const before = { title: 'Add a', files: ['src/one.js'] }
  expect(asksTheSame(before, { title: 'Add a', files: ['apps/web/src/one.js'] })).toBe(true)
  expect(asksTheSame(before, { title: 'Add a', files: ['src/two.js'] })).toBe(false)
})

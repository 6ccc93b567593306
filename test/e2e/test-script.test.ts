import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { makeProject } from '../kit/project.ts'

const OK = { code: undefined }
const TEST = "\ntest('it', () => assert.equal(one, 1))\n"
const imports = (runner: string, module: string) =>
  `${runner}import assert from 'node:assert/strict'\nimport { one } from '${module}'${TEST}`

/** A project with one open task, at which an assistant works. */
async function project(manifest: object, tasks: string, files: Record<string, string>) {
  const made = makeProject({
    '.gitignore': 'node_modules\n',
    'package.json': JSON.stringify({ type: 'module', ...manifest }),
    'specs/001-one/spec.md': '# One\n\nOne.\n',
    'specs/001-one/plan.md': '# Plan\n\nPlain.\n',
    'specs/001-one/tasks.md': `## Phase 1: Core\n${tasks}`,
    ...files,
  })
  symlinkSync(path.resolve('node_modules'), path.join(made.root, 'node_modules'))
  const { call } = await connect(made.root)
  await call('next_task')
  const finish = async (task: string, test: string, text: string, code: string) => {
    made.write(code, 'export const one = 0\n')
    made.write(test, text)
    expect(await call('record_red', { task, tests: [test] })).toMatchObject(OK)
    made.write(code, 'export const one = 1\n')
    expect(await call('record_green', { task })).toMatchObject(OK)
    return call('mark_complete', { task })
  }
  return { ...made, call, finish }
}

describe('the test script of the project defines the suite', () => {
  it('of a workspace: each package with its own runner', async () => {
    const member = (name: string, test: string) =>
      JSON.stringify({ name, type: 'module', scripts: { test } })
    const broken = `import { it, expect } from 'vitest'\nit('b', () => expect(1).toBe(2))\n`
    const { finish } = await project(
      {
        workspaces: ['packages/*'],
        scripts: { test: 'npm test --workspaces' },
        devDependencies: { ava: '*' },
      },
      '- [ ] T001 Return one in packages/a/src/one.js\n',
      {
        'packages/a/package.json': member('a', 'mocha --ui tdd spec'),
        'packages/b/package.json': member('b', 'vitest run --dir checks'),
        'packages/b/checks/b.test.js': broken,
      },
    )
    const text = imports('', '../src/one.js')
    const marked = await finish('T001', 'packages/a/spec/one.js', text, 'packages/a/src/one.js')
    // The tests of the other package are part of the suite. They were broken before, in the same way.
    expect(marked.text).toContain('Failed before this feature was started')
  })

  it('and a part that cannot be read is named', async () => {
    const { finish } = await project(
      { scripts: { test: 'node --test && node scripts/check-all.js' } },
      '- [ ] T001 Return one in src/one.js\n',
      {},
    )
    const text = imports("import test from 'node:test'\n", '../src/one.js')
    const marked = await finish('T001', 'test/one.test.js', text, 'src/one.js')
    expect(marked).toMatchObject(OK)
    expect(marked.text).toContain('`node scripts/check-all.js` could not be read and was not run')
  })
})

describe('a coverage threshold', () => {
  // Stands for a tool that measures coverage: single files are not measured.
  const tool = (line: string) =>
    `if (!process.env.REDGREEN_FILES) process.on('exit', () => { ${line} })\n`
  const fails =
    "console.log('ERROR: Coverage for lines (50%) does not meet global threshold (90%)'); process.exit(1)"

  it.for([
    ['blocks no task if it was not met before the feature', fails, undefined],
    ['blocks a task if it was met before', '', 'inconsistent'],
  ] as const)('%s', async ([, before, code]) => {
    const work = await project(
      { scripts: { test: 'mocha --require ./coverage.cjs test' } },
      '- [ ] T001 Return one in src/one.js\n',
      { 'coverage.cjs': tool(before), 'test/old.js': "it('old', () => {})\n" },
    )
    work.write('coverage.cjs', tool(fails))
    const text = imports('', '../src/one.js').replace('test(', 'it(')
    const marked = await work.finish('T001', 'test/one.js', text, 'src/one.js')
    expect(marked).toMatchObject({ code })
    expect(marked.text).toContain(
      code === undefined ? 'still: coverage threshold' : 'does not meet global threshold',
    )
  })
})

describe('the configuration of the project says what a test is', () => {
  it('whatever the file is called', async () => {
    const { finish, call } = await project(
      { scripts: { test: 'node --test "checks/*.js"' } },
      '- [ ] T001 Return one in src/one.js\n',
      { 'checks/old.js': "import test from 'node:test'\ntest('old', () => {})\n", 'odd/x.js': '' },
    )
    expect(await call('record_red', { task: 'T001', tests: ['odd/x.js'] })).toMatchObject({
      code: 'not_a_test',
    })
    const text = imports("import test from 'node:test'\n", '../src/one.js')
    const marked = await finish('T001', 'checks/one.js', text, 'src/one.js')
    expect(marked).toMatchObject(OK)
    expect(await call('run_validation')).toMatchObject({ data: { passed: true } })
  })
})

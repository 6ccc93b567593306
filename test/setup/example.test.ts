import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { dialects } from '../../src/dialects/index.ts'
import { EXAMPLE_NAMES, examplePlan } from '../../src/setup/example/example.ts'
import { planExample } from '../../src/setup/example/plan-example.ts'
import { withPlan } from '../../src/setup/example/planned-results.ts'
import { makeProject } from '../kit/project.ts'
import { memoryWorkspace } from '../kit/memory-workspace.ts'

const NO_RUNNER = { name: 'tests', ok: false, found: 'no test runner was found' }
const NO_TESTS = '"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}'

const SPEC_KIT = { example: 'spec-kit', named: undefined, offered: [], withoutTasks: [] }

describe('the example plan', () => {
  it.each(EXAMPLE_NAMES)(
    'of %s is read without a problem, and its first task can start',
    format => {
      for (const framework of ['node:test', 'pytest']) {
        const reader = memoryWorkspace({ ...examplePlan(format, framework) })
        const dialect = dialects.find(({ name }) => name === format)
        const active = dialect?.active(reader)
        if (!dialect || !active || !('found' in active)) throw new Error('it has no active feature')
        const plan = dialect.read(reader, active.found)
        expect(plan.problems).toEqual([])
        expect(plan.tasks).toHaveLength(2)
        expect(plan.tasks[0]).toMatchObject({ kind: 'build', dependsOn: [] })
      }
    },
  )

  it.each([
    ['an empty folder', undefined, 'in the new package.json'],
    ['a folder after `npm install`', '{\n\t"dependencies": { "a": "1" }\n}\n', 'as the script'],
    ['a folder after `npm init`', `{"name":"a",${NO_TESTS},"type":"commonjs"}`, 'as the script'],
    ['an empty manifest', '{}', 'as the script "test" of package.json'],
  ])('has a test runner in %s', (_where, before, found) => {
    const { root } = makeProject(before === undefined ? {} : { 'package.json': before }, {
      git: false,
    })
    const planned = withPlan([NO_RUNNER], root, SPEC_KIT)
    expect(planned).toMatchObject([{ ok: true, isPlanned: true }])
    expect(planned[0]?.found).toContain(found)
    const [manifest] = planExample(root, 'spec-kit', undefined)
    expect(manifest).toMatchObject({ file: path.join(root, 'package.json'), before })
    const { scripts, ...rest } = JSON.parse(manifest?.after ?? '')
    expect(scripts).toEqual({ test: 'node --test' })
    const { scripts: _, ...kept } = JSON.parse(
      before ?? '{"name":"example","private":true,"type":"module"}',
    )
    expect(rest).toEqual(kept)
  })

  it.each(['{"scripts":{"test":"./run-tests"}}', '{ not json', '{"scripts":7}'])(
    'leaves a manifest that is not for it alone: %s',
    text => {
      const { root } = makeProject({ 'package.json': text }, { git: false })
      const files = planExample(root, 'spec-kit', undefined).map(({ file }) => path.basename(file))
      expect(files).not.toContain('package.json')
      expect(withPlan([NO_RUNNER], root, SPEC_KIT)).toEqual([NO_RUNNER])
    },
  )

  it('leaves the manifest of a project with a test runner alone', () => {
    const { root } = makeProject({ 'package.json': '{}' }, { git: false })
    const files = planExample(root, 'spec-kit', 'pytest').map(({ file }) => path.basename(file))
    expect(files).not.toContain('package.json')
  })

  it('does not exist for other formats', () => {
    expect(examplePlan('prose', undefined)).toBeUndefined()
  })
})

describe('a plan that nobody has named', () => {
  const NO_FEATURE = { name: 'feature', ok: false, found: 'none' }
  const source = (more: object) => ({
    example: undefined,
    named: undefined,
    offered: [],
    withoutTasks: [],
    ...more,
  })
  const planOf = (more: object) => withPlan([NO_FEATURE], '/', source(more))[0]

  it('is missing, and the ways to have one are named', () => {
    expect(planOf({})).toMatchObject({ ok: false, found: 'none yet' })
    expect(planOf({})?.remedy).toMatch(/`redgreen init PLAN\.md`.*--example/)
  })

  it('may be a file that has the name of a plan and no box', () => {
    expect(planOf({ withoutTasks: ['TODO.md'] })).toMatchObject({
      ok: false,
      found: 'none yet, and TODO.md has no box',
      remedy: expect.stringContaining(
        '`- [ ] Add slugs` and choose it with `redgreen init TODO.md`',
      ),
    })
  })

  it('may be a checklist that is there, which is offered', () => {
    const plan = planOf({ offered: ['IMPLEMENTATION_PLAN.md'] })
    expect(plan).toMatchObject({
      ok: false,
      found: expect.stringContaining('IMPLEMENTATION_PLAN.md'),
    })
    expect(plan?.remedy).toContain('redgreen init IMPLEMENTATION_PLAN.md')
  })

  it('is not missing if the user names it now, or an example brings it', () => {
    expect(planOf({ named: 'PLAN.md' })).toMatchObject({ ok: true, found: 'PLAN.md, see below' })
    expect(planOf({ example: 'kiro' })).toMatchObject({ ok: true, isPlanned: true })
  })
})

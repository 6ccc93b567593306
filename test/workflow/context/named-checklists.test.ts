import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { mapErrors } from '../../../src/workflow/context/error-mapping.ts'
import { Refusal } from '../../../src/workflow/context/refusal.ts'
import { nextTask } from '../../../src/workflow/next-task.ts'
import { verify } from '../../../src/workflow/verify/verify.ts'
import { callAt } from '../../kit/call.ts'
import {
  makeProject as makeRepository,
  stackProject as stackRepository,
  type Project,
} from '../../kit/project.ts'

const PLAN = '# Plan\n\n- [ ] Write a\n- [ ] Write b\n'
const SPEC_WORKFLOW_TASKS = '.spec-workflow/specs/chat/tasks.md'
const TASKS = '## Phase 1: Core\n- [ ] T001 size in src/stack.js\n'

/** Projects without git: which plan is chosen does not depend on it. */
const makeProject = (files: Record<string, string>) => makeRepository(files, { git: false })
const stackProject = (tasks: string, files: Record<string, string> = {}) =>
  stackRepository(tasks, files, { git: false })

/** Dialect and file of the plan, or the code and the text of the refusal. */
async function chosen({ root }: Project, feature?: string): Promise<string> {
  const call = { ...callAt(root), feature }
  try {
    const { plan, candidate } = await mapErrors(call, () => loadContext(call))
    return `${plan.feature.dialect} ${candidate.tasks}`
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`
    throw error
  }
}

function settings(values: object): Record<string, string> {
  return { 'redgreen.config.json': JSON.stringify(values) }
}

describe('a checklist that a human names', () => {
  it('in the settings is the plan, although another format is detected', async () => {
    const project = stackProject(TASKS, {
      'work/tasks.md': PLAN,
      ...settings({ plan: './work/tasks.md' }),
    })
    expect(await chosen(project)).toBe('checklist work/tasks.md')
    expect(await chosen(project, '001-stack')).toBe('spec-kit specs/001-stack/tasks.md')
  })

  it.each(['PLAN.md', './PLAN.md', 'PLAN'])('in the argument %s needs no settings', async name => {
    const project = stackProject(TASKS, { 'PLAN.md': PLAN, ...settings({}) })
    if (name === 'PLAN') project.write('redgreen.config.json', '{"plan": "PLAN.md"}')
    expect(await chosen(project, name)).toBe('checklist PLAN.md')
  })

  it('in the argument is not claimed by a format that has files of this name', async () => {
    const project = stackProject(TASKS, { 'work/tasks.md': PLAN, 'docs/plans/a.md': PLAN })
    expect(await chosen(project, 'work/tasks.md')).toBe('checklist work/tasks.md')
    expect(await chosen(project, path.join(project.root, 'work/tasks.md'))).toBe(
      'checklist work/tasks.md',
    )
    expect(await chosen(project, 'docs/plans/a.md')).toBe('checklist docs/plans/a.md')
    project.write('more/work/tasks.md', TASKS)
    expect(await chosen(project, 'more/work')).toBe('spec-kit more/work/tasks.md')
  })

  it('stays a plan of its own format if it is in the folder of one, unless the settings name it', async () => {
    const project = stackProject(TASKS)
    expect(await chosen(project, 'specs/001-stack/tasks.md')).toMatch(/^spec-kit /)
    expect(await chosen(project, 'specs/001-stack/plan.md')).toMatch(/^spec-kit /)
    project.write('redgreen.config.json', '{"plan": "specs/001-stack/tasks.md"}')
    expect(await chosen(project)).toMatch(/^checklist /)
    expect(await chosen(project, 'specs/001-stack/tasks.md')).toMatch(/^checklist /)
  })

  it.each([
    ['.kiro/specs/chat/design.md', '.kiro/specs/chat', '.kiro/specs/chat/tasks.md'],
    ['specs/001-a/checklists/ux.md', 'specs/001-a', 'specs/001-a/tasks.md'],
    ['specs/001-a/contracts/api.md', 'specs/001-a', 'specs/001-a/tasks.md'],
    ['openspec/changes/chat/design.md', 'openspec/changes/chat', 'openspec/changes/chat/tasks.md'],
    ['.spec-workflow/specs/chat/design.md', '.spec-workflow/specs/chat', SPEC_WORKFLOW_TASKS],
  ])('is no file of a feature of another format: %s', async (file, feature, tasks) => {
    const project = makeProject({ [file]: PLAN, [tasks]: TASKS })
    for (const name of [file, `./${file}`, file.replace(/^\./, '').replaceAll('/', '~')]) {
      expect(await chosen(project, name)).toMatch(
        /^no_feature: \S+ is in a folder of [\w-]+ plans, so it was not read as a checklist\./,
      )
      expect(await chosen(project, name)).toContain(`in the argument \`feature\`: ${feature}.`)
    }
    expect(await chosen(project, feature)).toContain(` ${tasks}`)
    project.write('redgreen.config.json', JSON.stringify({ plan: file }))
    expect(await chosen(project, file)).toBe(`checklist ${file}`)
  })

  it.each([
    ['.kiro/specs/chat/design.md', 'kiro'],
    ['apps/web/.kiro/specs/chat/notes.md', 'kiro'],
    ['specs/notes.md', 'spec-kit'],
    ['.taskmaster/docs/prd.md', 'task-master'],
    ['backlog/docs/ideas.md', 'backlog'],
    ['docs/stories/notes.md', 'bmad'],
    ['.specflow/notes.md', 'specflow'],
    ['conductor/tracks/a/plan-notes.md', 'conductor'],
  ])('is in no folder of another format, also without a plan there: %s', async (file, format) => {
    const project = makeProject({ [file]: PLAN, 'PLAN.md': PLAN })
    const answer = await chosen(project, file)
    expect(answer).toContain(`${file} is in a folder of ${format} plans`)
    expect(answer).toContain(`\`redgreen init ${file}\``)
    project.write('redgreen.config.json', JSON.stringify({ plan: file }))
    expect(await chosen(project, file)).toBe(`checklist ${file}`)
  })

  it.each([
    'PLAN.md',
    'IMPLEMENTATION_PLAN.md',
    'docs/plans/a.md',
    'plans/a.md',
    'docs/superpowers/plans/a.md',
    'docs/PLAN.md',
  ])('in the argument is read beside plans of other formats: %s', async file => {
    const project = stackProject(TASKS, { [file]: PLAN, '.kiro/specs/chat/tasks.md': TASKS })
    expect(await chosen(project, file)).toBe(`checklist ${file}`)
    project.write('redgreen.config.json', '{"dialect": "checklist"}')
    expect(await chosen(project, file)).toBe(`checklist ${file}`)
  })

  it.each(['PLAN.md', 'docs/plans/a.md', 'docs/superpowers/plans/a.md'])(
    'in the argument is refused if the settings name another format: %s',
    async file => {
      const project = stackProject(TASKS, { [file]: PLAN, ...settings({ dialect: 'spec-kit' }) })
      const answer = await chosen(project, file)
      expect(answer).toMatch(/^no_feature: redgreen\.config\.json names the dialect spec-kit, and/)
      expect(answer).toContain('Leave `feature` out')
      expect(await chosen(project)).toBe('spec-kit specs/001-stack/tasks.md')
      expect(await chosen(project, 'specs/001-stack/plan.md')).toMatch(/^spec-kit /)
    },
  )

  it.each([
    ['is missing', 'OTHER.md', /plan_invalid: OTHER\.md, line 1: The file is missing\. A plan is/],
    ['is a folder', 'docs', /plan_invalid: docs, line 1: The file is missing\. A plan is/],
    [
      'is outside',
      '../PLAN.md',
      /plan_invalid: \.\.\/PLAN\.md, line 1: The file is missing\. A plan is/,
    ],
    ['is linked to the outside', 'link.md', /plan_invalid: link\.md, line 1: The file is missing/],
    ['has no box', 'docs/empty.md', /plan_invalid: docs\/empty\.md, line 1: The file has no box/],
  ])('in the settings is refused with its line if it %s', async (_, plan, message) => {
    const outside = makeProject({ 'PLAN.md': PLAN })
    const project = makeProject({ 'docs/empty.md': '# Plan\n', ...settings({ plan }) })
    symlinkSync(path.join(outside.root, 'PLAN.md'), path.join(project.root, 'link.md'))
    expect(await chosen(project)).toMatch(message)
  })

  it.each(['docs', 'link.md', '../PLAN.md', 'NONE.md'])(
    'in the argument is refused if it is not a file of the workspace: %s',
    async name => {
      const outside = makeProject({ 'PLAN.md': PLAN })
      const project = stackProject(TASKS, { 'docs/a.md': '' })
      symlinkSync(path.join(outside.root, 'PLAN.md'), path.join(project.root, 'link.md'))
      expect(await chosen(project, name)).toMatch(/^no_feature: There is no feature/)
    },
  )
})

describe('a checklist that nobody has named', () => {
  it.each([
    'IMPLEMENTATION_PLAN.md',
    'docs/PLAN.md',
    'docs/plans/2026-01-01-a.md',
    '.conductor/plan.md',
    '.trae/documents/plan.md',
  ])('is offered with the step that chooses it: %s', async file => {
    const project = makeProject({ [file]: PLAN, 'README.md': '- [ ] no' })
    const answer = await chosen(project)
    expect(answer).toMatch(/^no_feature: /)
    expect(answer).toContain(`name it in the argument \`feature\`: ${file}.`)
    expect(answer).toContain(`\`redgreen init ${file}\``)
    expect(await chosen(project, file)).toBe(`checklist ${file}`)
  })

  it('in .conductor/plan.md needs no name in later calls', async () => {
    const project = makeProject({ '.conductor/plan.md': PLAN })
    await nextTask({ ...callAt(project.root), feature: '.conductor/plan.md' }, {})
    expect(await chosen(project)).toBe('checklist .conductor/plan.md')
  })

  it('in .conductor/plan.md is not offered if it lists tracks, or beside a plan of conductor', async () => {
    const registry = '# Plan\n\n## [ ] Track: A\n*Link: [./.conductor/tracks/a/](x)*\n'
    const project = makeProject({ '.conductor/plan.md': registry })
    expect(await chosen(project)).not.toContain('may be the plan')
    expect(await chosen(project, '.conductor/plan.md')).toMatch(/^no_feature: /)
    const track = { 'conductor/tracks/a/plan.md': '## Phase 1: A\n- [ ] Task: A\n' }
    const both = makeProject({ '.conductor/plan.md': PLAN, ...track })
    expect(await chosen(both)).toBe('conductor conductor/tracks/a/plan.md')
  })

  it('is not offered if it has no box', async () => {
    const project = makeProject({ 'IMPLEMENTATION_PLAN.md': '# Ideas\n' })
    expect(await chosen(project)).not.toContain('IMPLEMENTATION_PLAN.md')
  })

  it.each(['PLAN.md', 'TODO.md', 'docs/roadmap.md'])(
    'is named with what it lacks if it has no box: %s',
    async file => {
      const answer = await chosen(makeProject({ [file]: '# Plan\n\n1. Write a\n2. Write b\n' }))
      expect(answer).toContain(
        `But ${file} has no box, so no task was found there. If it is the plan, write each task as a line such as \`- [ ] Add slugs\`, and name it in the argument \`feature\`: ${file}.`,
      )
    },
  )

  it('is not named if it is empty', async () => {
    expect(await chosen(makeProject({ 'PLAN.md': '\n' }))).not.toContain('PLAN.md')
  })

  it('is not offered beside a plan of another format', async () => {
    const project = stackProject(TASKS, { 'IMPLEMENTATION_PLAN.md': PLAN })
    expect(await chosen(project)).toBe('spec-kit specs/001-stack/tasks.md')
  })
})

describe('a checklist that was begun', () => {
  const FILE = 'docs/lists/.work.md'

  it('needs no name in later calls if no other plan is found, and is verified by its ledger', async () => {
    const project = makeProject({ [FILE]: PLAN, 'docs/lists/b.md': PLAN })
    expect(await chosen(project)).toMatch(/^no_feature: /)
    await nextTask({ ...callAt(project.root), feature: FILE }, {})
    expect(await chosen(project)).toBe(`checklist ${FILE}`)
    expect(await chosen(project, 'docs~lists~.work.md')).toBe(`checklist ${FILE}`)
    const [verified] = await verify(callAt(project.root), {})
    expect(verified).toMatchObject({ feature: 'docs~lists~.work.md', findings: [] })
    expect(verified).not.toHaveProperty('planGone')
    project.remove(FILE)
    expect(await chosen(project)).toMatch(/^no_feature: /)
  })

  it('yields to a plan that is found', async () => {
    const project = stackProject(TASKS, { [FILE]: PLAN })
    await nextTask({ ...callAt(project.root), feature: FILE }, {})
    expect(await chosen(project)).toMatch(/^spec-kit /)
  })
})

describe('a plan of superpowers', () => {
  const A = 'docs/superpowers/plans/2026-01-01-a.md'
  const B = 'docs/superpowers/plans/2026-01-02-b.md'

  it('is found by its folder, and of several the only one with open tasks', async () => {
    const project = makeProject({ [A]: PLAN })
    expect(await chosen(project)).toBe(`checklist ${A}`)
    project.write(B, PLAN)
    expect(await chosen(project)).toMatch(/^ambiguous_feature: /)
    project.write(A, PLAN.replaceAll('[ ]', '[x]'))
    expect(await chosen(project)).toBe(`checklist ${B}`)
    expect(await chosen(project, '2026-01-01-a')).toBe(`checklist ${A}`)
  })

  it('yields to the plan of another format', async () => {
    expect(await chosen(stackProject(TASKS, { [A]: PLAN }))).toMatch(/^spec-kit /)
  })
})

describe('a planner that is installed and has no feature yet', () => {
  const FOUND = 'docs/superpowers/plans/2026-01-01-a.md'
  const DONE = PLAN.replaceAll('[ ]', '[x]')
  const PLANNERS: [string, string, RegExp][] = [
    ['.specify/templates/plan-template.md', '# Plan\n', /Otherwise: Run \/speckit\.tasks/],
    ['.specify/feature.json', '{}', /Otherwise: Write \{"feature_directory"/],
    ['_bmad/bmm/config.yaml', 'project_name: a\n', /Otherwise: Create the next story/],
    ['.taskmaster/config.json', '{}', /Otherwise: Let task-master write/],
    ['openspec/config.yaml', 'schema: spec-driven\n', /Otherwise: Write the tasks of a change/],
    ['conductor/tracks.md', '# Tracks\n', /Otherwise: /],
  ]

  it.each(PLANNERS)('does not hide a plan of superpowers: %s', async (file, text) => {
    const project = makeProject({ [file]: text, [FOUND]: PLAN })
    expect(await chosen(project)).toBe(`checklist ${FOUND}`)
    const { evidence } = await loadContext(callAt(project.root))
    expect(evidence).toMatch(/is the only one; [a-z-]+ has no feature$/)
  })

  it.each(PLANNERS)('does not hide a file that is offered: %s', async (file, text, remedy) => {
    const project = makeProject({ [file]: text, 'IMPLEMENTATION_PLAN.md': PLAN })
    const answer = await chosen(project)
    expect(answer).toMatch(/^no_feature: /)
    expect(answer).toContain('name it in the argument `feature`: IMPLEMENTATION_PLAN.md.')
    expect(answer).toMatch(remedy)
  })

  it.each(PLANNERS)('does not hide a plan that was begun: %s', async (file, text) => {
    const project = makeProject({ [file]: text, 'PLAN.md': PLAN })
    await nextTask({ ...callAt(project.root), feature: 'PLAN.md' }, {})
    expect(await chosen(project)).toBe('checklist PLAN.md')
    project.write('PLAN.md', DONE)
    expect(await chosen(project)).toBe('checklist PLAN.md')
  })

  it('does not hide a finished plan that was worked on, but one that never was', async () => {
    const project = makeProject({ '.specify/templates/a.md': '', [FOUND]: DONE })
    expect(await chosen(project)).toMatch(/^no_feature: No feature has a tasks\.md\. Run \/speckit/)
    project.write(FOUND, PLAN)
    await nextTask(callAt(project.root), {})
    project.write(FOUND, DONE)
    expect(await chosen(project)).toBe(`checklist ${FOUND}`)
  })

  it('does not decide between several plans of superpowers', async () => {
    const other = FOUND.replace('-a', '-b')
    const project = makeProject({ '.specify/templates/a.md': '', [FOUND]: PLAN, [other]: PLAN })
    expect(await chosen(project)).toMatch(/^ambiguous_feature: /)
  })

  it.each([
    ['a file', { '.specify/feature.json': '{"feature_directory": "specs/002-b"}' }, /002-b/],
    ['the settings', settings({ dialect: 'spec-kit' }), /No feature has a tasks\.md/],
  ])('is meant if it is named by %s', async (_, files, text) => {
    const project = makeProject({ '.specify/templates/a.md': '', 'PLAN.md': PLAN })
    await nextTask({ ...callAt(project.root), feature: 'PLAN.md' }, {})
    for (const [file, text] of Object.entries({ ...files, [FOUND]: PLAN }))
      project.write(file, text)
    const answer = await chosen(project)
    expect(answer).toMatch(/^no_feature: /)
    expect(answer).toMatch(text)
  })

  it('is meant as soon as it has a feature, also if that is not active', async () => {
    const project = stackProject(TASKS, { '.taskmaster/config.json': '{}', [FOUND]: PLAN })
    expect(await chosen(project)).toMatch(/^spec-kit /)
    project.write('.specify/feature.json', '{}')
    expect(await chosen(project)).toMatch(/^no_feature: \.specify\/feature\.json names no/)
  })
})

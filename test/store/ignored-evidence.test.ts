import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ignoredBy } from '../../src/store/ignored-evidence.ts'
import { openWorkspace } from '../../src/store/workspace.ts'
import { workAt } from '../honest/work.ts'
import { makeProject, stackProject } from '../kit/project.ts'

async function ruleWith(files: Record<string, string>): Promise<string | undefined> {
  const { root } = makeProject(files)
  const workspace = openWorkspace(root)
  return workspace && ignoredBy(workspace)
}

describe('a rule by which git ignores the evidence', () => {
  it.each([
    ['the folder', '.redgreen/\n', '.redgreen/ in line 1 of .gitignore'],
    ['the ledgers', 'dist\n.redgreen/ledger\n', '.redgreen/ledger in line 2 of .gitignore'],
    ['every ledger', '*.jsonl\n', '*.jsonl in line 1 of .gitignore'],
    ['the plans', '.redgreen/plans/\n', '.redgreen/plans/ in line 1 of .gitignore'],
    ['every hidden file', '.*\n', '.* in line 1 of .gitignore'],
  ])('is named: %s', async (_what, text, rule) => {
    expect(await ruleWith({ '.gitignore': text })).toBe(rule)
  })

  it('may be outside of the files of the project', async () => {
    const { root } = makeProject({})
    mkdirSync(path.join(root, '.git/info'), { recursive: true })
    appendFileSync(path.join(root, '.git/info/exclude'), '.redgreen\n')
    const workspace = openWorkspace(root)
    expect(workspace && (await ignoredBy(workspace))).toMatch(
      /^\.redgreen in line \d+ of .*exclude$/,
    )
  })

  it.each([
    ['nothing', ''],
    ['what is only for this clone', '.redgreen/local/\n'],
    ['what another rule includes again', '.*\n!.redgreen/\n'],
  ])('is none for %s', async (_what, text) => {
    expect(await ruleWith({ '.gitignore': text })).toBeUndefined()
  })
})

it('the first task of a feature warns of it, and the next one does not', async () => {
  const plan = '## Core\n- [ ] T001 [P] size in src/a.js\n- [ ] T002 [P] push in src/b.js\n'
  const { root } = stackProject(plan, { '.gitignore': '.redgreen\n' })
  const work = workAt(root)
  const warning = expect.stringContaining('! Git ignores the evidence (.redgreen in line 1 of')
  const { messages } = await work.call('next_task')
  expect(messages).toContainEqual(warning)
  expect((await work.call('next_task', { task: 'T002' }))['messages']).not.toContainEqual(warning)
})

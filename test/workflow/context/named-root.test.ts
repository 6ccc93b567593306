import { symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { loadContext } from '../../../src/workflow/context/load-context.ts'
import { callAt } from '../../kit/call.ts'
import { runCommand } from '../../kit/program.ts'
import { makeProject } from '../../kit/project.ts'

/** A plan that names a folder which does not exist. */
const FILES = {
  '.specify/feature.json': '{"feature_directory":"specs/009-missing"}',
  'specs/001-a/tasks.md': '## Setup\n- [ ] T001 Write a.md\n',
  'specs/001-a/spec.md': '# A\n',
}

it('does not offer the workspace itself, however it is named', async () => {
  const { root } = makeProject(FILES)
  const link = path.join(makeProject({}, { git: false }).root, 'link')
  symlinkSync(root, link)
  for (const named of [root, path.relative(process.cwd(), root), `${root}/`, `${root}/.`, link]) {
    const error: unknown = await loadContext(callAt(named)).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'no_feature' })
    expect(String(error)).not.toMatch(/--root/)
  }
  const { stderr } = runCommand({ root: path.relative(process.cwd(), root) }, ['status'])
  expect(stderr).toMatch(/^\[no_feature\]/)
  expect(stderr).not.toMatch(/--root/)
})

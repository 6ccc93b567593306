import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { takeTree } from '../../src/store/tree.ts'
import { loadContext } from '../../src/workflow/context/load-context.ts'
import { mapErrors } from '../../src/workflow/context/error-mapping.ts'
import { callAt } from '../kit/call.ts'
import { runCommand } from '../kit/program.ts'
import { stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = '## Setup\n- [ ] T001 Answer one in src/a.js\n'
const GIGABYTES = 6 * 1024 ** 3

/** Makes a file of several gigabytes that needs no space on the disk. */
function makeHuge({ root }: Project, file: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  const handle = openSync(path.join(root, file), 'w')
  ftruncateSync(handle, GIGABYTES)
  closeSync(handle)
}

async function refusalOf(project: Project, work: () => Promise<unknown>): Promise<unknown> {
  return mapErrors(callAt(project.root), work).then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('a file of several gigabytes', () => {
  it.each([
    '.redgreen/ledger/001-stack/0123456789.jsonl',
    'redgreen.config.json',
    'package.json',
    TASKS,
    'specs/001-stack/spec.md',
    'data.bin',
  ])('in the place of %s is refused with its name, or not read', async file => {
    const project = stackProject(PLAN)
    makeHuge(project, file)
    const error = await refusalOf(project, async () => {
      await loadContext(callAt(project.root))
      await takeTree({ root: project.root })
    })
    expect(error).toMatchObject({
      code: 'unsupported_file',
      message: expect.stringMatching(new RegExp(`${path.basename(file)}\\b.*6144(?:\\.0)? MB`)),
    })
  })

  it('is named by a command', () => {
    const project = stackProject(PLAN)
    makeHuge(project, '.redgreen/ledger/001-stack/0123456789.jsonl')
    for (const command of ['status', 'verify', 'log']) {
      const { status, stderr } = runCommand(project, [command])
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/^\[unsupported_file\].*0123456789\.jsonl has 6144 MB.*Move it away/),
      ])
    }
  })
})

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { stackProject, type Project } from '../kit/project.ts'
import { PROGRAM } from '../kit/program.ts'

const NAMES = 'git mypy ruff eslint tsc go cargo pytest node'.split(' ')

/** A project that ships programs, each of which leaves a file outside of it, and which git still knows. */
function withPrograms(): { project: Project; ran: () => string[] } {
  const outside = stackProject('', {}, { git: false })
  const project = stackProject('## Setup\n- [ ] T001 Write README.md\n')
  for (const folder of ['', 'bin/', 'node_modules/.bin/'])
    for (const name of NAMES) {
      const file = path.join(outside.root, name)
      project.write(`${folder}${name}`, `#!/bin/sh\necho > '${file}.ran'\nexit 1\n`)
      chmodSync(path.join(project.root, `${folder}${name}`), 0o755)
    }
  symlinkSync('nowhere', path.join(project.root, 'bin/dangling'))
  return {
    project,
    ran: () => NAMES.filter(name => existsSync(path.join(outside.root, `${name}.ran`))),
  }
}

it.runIf(process.platform !== 'win32')(
  'no program of the workspace runs in the place of one of the machine',
  async () => {
    const { project, ran } = withPrograms()
    const usual = process.env['PATH'] ?? ''
    for (const PATH of ['', '.', `:${usual}`, `${project.root}/bin:${usual}`]) {
      const env = { PATH, HOME: project.root }
      for (const command of ['status', 'verify'])
        spawnSync(process.execPath, [PROGRAM, command], { cwd: project.root, env })
    }
    const inside = path.join(project.root, 'node_modules/.bin')
    const { call } = await connect(project.root, {
      env: { PATH: `${inside}:.:${usual}` },
      cwd: project.root,
    })
    const { text } = await call('next_task')
    expect(text).toContain('[T001]')
    expect(text).not.toContain('No snapshot was stored')
    project.write('README.md', '# Stack\n')
    await call('record_green', { task: 'T001' })
    expect((await call('mark_complete', { task: 'T001' })).data).toMatchObject({ stage: 'done' })
    expect(ran()).toEqual([])
  },
)

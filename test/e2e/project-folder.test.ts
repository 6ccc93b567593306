import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { connect } from '../kit/assistant.ts'
import { PROGRAM } from '../kit/program.ts'
import { makeProject, stackProject, TASKS, type Project } from '../kit/project.ts'
import type { ServerOptions } from '../kit/server.ts'

const PLAN = '## Setup\n- [ ] T001 Create notes.txt\n'

/** The answer of `next_task` from a server without `--root`. */
async function nextTask(options: ServerOptions) {
  return (await connect('', { args: [], cwd: emptyFolder(), ...options })).call('next_task')
}

const emptyFolder = () => makeProject({}, { git: false }).root

function folderIn(project: Project, name: string): string {
  const folder = path.join(project.root, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

describe('the roots of a client', () => {
  it('are searched for the one that has a plan, also if the first is gone', async () => {
    const project = stackProject(PLAN)
    const roots = [emptyFolder(), project.root, '/nowhere/at/all']
    const { text, data } = await nextTask({ roots })
    expect(data).toMatchObject({ task: { id: 'T001' } })
    expect(text).toContain(`The workspace is ${project.root}`)
  })

  it('are listed if several have a plan, or none', async () => {
    const [one, two, none] = [stackProject(PLAN).root, stackProject(PLAN).root, emptyFolder()]
    const several = await nextTask({ roots: [one, none, two] })
    expect(several.code).toBe('ambiguous_feature')
    expect(several.text).toContain(`${one}, ${two}`)
    const other = emptyFolder()
    const nothing = await nextTask({ roots: [none, other] })
    expect(nothing.code).toBe('no_feature')
    expect(nothing.text).toContain(`${none}, ${other}`)
  })

  it('can be the same folder twice, also by a link', async () => {
    const project = stackProject(PLAN)
    const link = path.join(emptyFolder(), 'link')
    symlinkSync(project.root, link)
    const { data } = await nextTask({ roots: [project.root, link, project.root] })
    expect(data).toMatchObject({ task: { id: 'T001' } })
  })

  it('can be many', async () => {
    const project = stackProject(PLAN)
    const roots = [...Array.from({ length: 49 }, emptyFolder), project.root]
    expect((await nextTask({ roots })).data).toMatchObject({ task: { id: 'T001' } })
  })

  it('do not decide if there is none', async () => {
    const { root } = stackProject(PLAN)
    expect((await nextTask({ roots: [], cwd: root })).data).toMatchObject({ task: { id: 'T001' } })
  })

  it('are named if none of them exists, or if it is a file', async () => {
    const project = stackProject(PLAN)
    for (const gone of ['/nowhere/at/all', path.join(project.root, TASKS)]) {
      const { code, text } = await nextTask({ roots: [gone] })
      expect([code, text.includes(gone)]).toEqual(['no_feature', true])
    }
  })

  it('may vanish after the first call', async () => {
    const project = stackProject(PLAN)
    const { call } = await connect('', { args: [], cwd: emptyFolder(), roots: [project.root] })
    expect((await call('next_task')).code).toBeUndefined()
    rmSync(project.root, { recursive: true })
    expect(await call('next_task')).toMatchObject({ code: 'no_feature' })
  })
})

describe('a folder inside a project', () => {
  it.each(['--root', 'a root of the client', 'the working directory'])(
    'leads to the plan above it, and the answer says so, if it is %s',
    async how => {
      const project = stackProject(PLAN)
      const inner = folderIn(project, 'app/src')
      const options: Record<string, ServerOptions> = {
        '--root': { args: ['--root', inner] },
        'a root of the client': { roots: [inner] },
        'the working directory': { cwd: inner },
      }
      const { text, data } = await nextTask({ ...options[how] })
      expect(data).toMatchObject({ task: { id: 'T001' } })
      expect(text).toContain(`The workspace is ${project.root}: ${inner} has no plan`)
    },
  )

  it('leads to nothing beyond its own repository', async () => {
    const project = stackProject(PLAN)
    const inner = folderIn(project, 'vendor/other')
    execFileSync('git', ['init', '-q', inner])
    expect(await nextTask({ cwd: inner })).toMatchObject({ code: 'no_feature' })
  })

  it('leads to nothing in a folder that other users can write to', async () => {
    const project = stackProject(PLAN, {}, { git: false })
    chmodSync(project.root, 0o777)
    const { code } = await nextTask({ roots: [folderIn(project, 'inner')] })
    expect(code).toBe('no_feature')
  })

  it('leads to no plan in the home folder itself', async () => {
    const { root } = stackProject(PLAN, { 'notes/a.txt': '' }, { git: false })
    const { code } = await nextTask({ roots: [path.join(root, 'notes')], env: { HOME: root } })
    expect(code).toBe('no_feature')
  })

  it('is enough for a command', () => {
    const project = stackProject(PLAN)
    const cwd = folderIn(project, 'src/deep')
    const args = [PROGRAM, 'status', '--json']
    const { stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
    expect(JSON.parse(stdout)).toMatchObject({ feature: { id: '001-stack' } })
  })
})

describe('a folder that nobody named', () => {
  it.each(['the home folder', 'the folder of the homes', 'a folder without a project'])(
    'is refused if it is %s, and nothing is written',
    async what => {
      const homes = emptyFolder()
      const home = path.join(homes, 'somebody')
      const inner = path.join(home, 'downloads')
      mkdirSync(inner, { recursive: true })
      const cwd = { 'the home folder': home, 'the folder of the homes': homes }[what] ?? inner
      const env = { HOME: home, USERPROFILE: home, XDG_STATE_HOME: '' }
      const { code, text } = await nextTask({ cwd, env })
      expect([code, text.includes(cwd)]).toEqual(['no_project', true])
      expect(readdirSync(homes, { recursive: true }).map(String).sort()).toEqual([
        'somebody',
        path.join('somebody', 'downloads'),
      ])
    },
  )

  it('is refused if it is the home folder, even if it holds a plan', async () => {
    const { root } = stackProject(PLAN)
    const env = { HOME: root, USERPROFILE: root }
    expect(await nextTask({ cwd: root, env })).toMatchObject({ code: 'no_project' })
    const named = await nextTask({ args: ['--root', root], env })
    expect(named.data).toMatchObject({ task: { id: 'T001' } })
  })

  it('does not prevent the diagnosis', () => {
    const cwd = emptyFolder()
    const env = { ...process.env, HOME: cwd, USERPROFILE: cwd }
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [PROGRAM, ...words], { cwd, env, encoding: 'utf8' })
    expect(run('doctor').stdout).toContain('workspace')
    expect(run('status').stderr).toContain('[no_project]')
  })
})

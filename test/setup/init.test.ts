import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { clients } from '../../src/setup/clients/index.ts'
import { withHome } from '../kit/home.ts'
import { atTerminal, hasTerminal, PROGRAM } from '../kit/program.ts'
import { makeProject, stackProject, TASKS, type Project } from '../kit/project.ts'

const PLAN = '## Phase 1: Setup\n- [ ] T001 Create notes.txt\n'
const ALL = clients.flatMap(({ name }) => ['--client', name])

/** `init` with a home folder of its own. */
function initWithHome() {
  const { run, ...rest } = withHome()
  return {
    ...rest,
    run: (project: Pick<Project, 'root'>, ...args: string[]) => run(project, 'init', ...args),
  }
}

const step = z.object({ client: z.string(), file: z.string() })

function stepsOf(stdout: string): z.infer<typeof step>[] {
  const { steps } = z.object({ steps: z.array(step) }).parse(JSON.parse(stdout))
  return steps.filter(({ client }) => client !== 'git')
}

describe('redgreen init', () => {
  it('writes entries that start the server in the right folder, and removes them', async () => {
    const project = stackProject(PLAN)
    const { home, env, run } = initWithHome()
    const first = run(project, ...ALL, '--json')
    expect(first.stderr).toBe('')
    const steps = stepsOf(first.stdout)
    expect(steps.map(({ client }) => client)).toEqual(clients.map(({ name }) => name))
    for (const { client: name, file } of steps) {
      const client = clients.find(client => client.name === name)
      const launch = client?.format.read(readFileSync(file, 'utf8'))
      if (!client || !launch) throw new Error(`${name} has no entry`)
      const args = launch.args.map(word => word.replace('${workspaceFolder}', project.root))
      // Clients that do not name the project in the entry start the server in it.
      const cwd = client.root ? home : project.root
      const plan = await planOf({ ...launch, args, env: { ...env, ...launch.env }, cwd })
      expect({ name, plan }).toEqual({ name, plan: PLAN })
    }
    expect(run(project, ...ALL).stdout).toContain('Nothing had to be changed.')
    expect(run(project, '--remove').status).toBe(0)
    expect(steps.filter(({ file }) => existsSync(file))).toEqual([])
  }, 120_000)

  it('says what to correct if the only file that it would write is broken', () => {
    const project = stackProject(PLAN)
    const { run } = initWithHome()
    project.write('.mcp.json', '{"mcpServers": ]')
    const init = () => run(project, '--client', 'claude-code', '--project', '--yes')
    // The first run sets up what else there is.
    expect(init().status).toBe(1)
    const { status, stdout } = init()
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/\nNothing was changed\. Correct what is marked ✗ above, [^\n]+\n$/),
    ])
    expect(project.read('.mcp.json')).toBe('{"mcpServers": ]')
  })

  it('removes the folders that it created, and no other', () => {
    const project = stackProject(PLAN)
    const { home, run } = initWithHome()
    mkdirSync(path.join(project.root, '.gemini'))
    mkdirSync(path.join(home, '.codeium'))
    const all = () =>
      [home, project.root].flatMap(folder =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          // The state of the user has the record of what was changed.
          .filter(name => !/^\.local|^\.git[\\/]/.test(name))
          .map(name => path.join(folder, name)),
      )
    const before = all()
    run(project, ...ALL, '--hooks', '--test-command', 'make check')
    expect(all()).toContain(path.join(project.root, 'redgreen.config.json'))
    expect(all()).toContain(path.join(project.root, '.vscode/mcp.json'))
    writeFileSync(path.join(project.root, '.kiro/mine.md'), '')
    run(project, '--remove')
    const kept = ['.kiro', '.kiro/mine.md'].map(name => path.join(project.root, name))
    expect(all().sort()).toEqual([...before, ...kept].sort())
  })

  it('finds the clients that are there, and writes nothing in a dry run', () => {
    const project = stackProject(PLAN)
    const { home, run } = initWithHome()
    mkdirSync(path.join(home, '.gemini'))
    mkdirSync(path.join(project.root, '.vscode'))
    const dry = run(project, '--dry-run')
    expect(dry.stdout).toContain('+ Gemini CLI: server will be added')
    expect(dry.stdout).toContain('+   "servers": {')
    expect(dry.stdout).not.toContain('Cursor')
    expect(existsSync(path.join(project.root, '.vscode/mcp.json'))).toBe(false)
  })

  it("uses the client's own command for the user level, if it is on PATH", () => {
    const project = stackProject(PLAN)
    const { home, env } = initWithHome()
    const bin = path.join(home, 'bin')
    mkdirSync(bin)
    writeFileSync(path.join(bin, 'claude'), '#!/bin/sh\necho "$@" >> "$HOME/called"\n')
    chmodSync(path.join(bin, 'claude'), 0o755)
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [PROGRAM, 'init', '--client', 'claude-code', ...args], {
        cwd: project.root,
        encoding: 'utf8',
        env: { ...env, PATH: `${bin}:${env.PATH}` },
      })
    expect(run('--user').stdout).toContain('> Claude Code: server set up by its own command')
    expect(readFileSync(path.join(home, 'called'), 'utf8')).toBe(
      `mcp add --scope user redgreen -- node ${PROGRAM}\n`,
    )
    writeFileSync(path.join(bin, 'claude'), '#!/bin/sh\necho "not signed in" >&2\nexit 3\n')
    const failed = run('--user')
    expect(failed.status).toBe(1)
    expect(failed.stdout).toContain('claude failed: not signed in')
  })

  it('creates an example plan, with a package if there is no test runner, and replaces nothing', () => {
    const project = makeProject({})
    const { run, env } = initWithHome()
    const first = run(project, '--example', 'spec-kit')
    expect(first.status).toBe(0)
    expect(first.stdout).toMatch(/^ {2}\+ plan: the spec-kit example, see below\n/m)
    expect(first.stdout).toMatch(/^ {2}\+ tests: node:test, in the new package\.json\n/m)
    expect(first.stdout).not.toContain('✗')
    const status = spawnSync(process.execPath, [PROGRAM, 'status', '--json'], {
      cwd: project.root,
      encoding: 'utf8',
      env,
    })
    expect(JSON.parse(status.stdout)).toMatchObject({
      feature: { dialect: 'spec-kit' },
      toolchain: { tests: { framework: 'node:test' } },
    })
    expect(first.stdout).not.toContain('redgreen approve')
    expect(first.stdout).toMatch(/\nAdd the server to a client, then ask your assistant: .*\n$/)
    const approved = run(makeProject({}), '--example', 'specflow').stdout
    expect(approved).toMatch(
      /Read the plan and run `redgreen approve`.* Add the server to a client/,
    )
    const again = run(project, '--example', 'spec-kit')
    expect(again.status).toBe(1)
    expect(again.stderr).toMatch(/^\[conflict\] The example plan would replace/)
  })

  it('ends with what is still missing', () => {
    const { run } = initWithHome()
    const { stdout } = run(makeProject({}, { git: false }), '--client', 'cursor')
    expect(stdout).toMatch(
      /\nFirst fix what is marked ✗ above: repository, plan, tests\.\nRestart the clients, then .*\n$/,
    )
  })

  it.each([
    ['a plan of another format', { 'specs/001-stack/tasks.md': PLAN }],
    ['invalid settings', { 'redgreen.config.json': '{"commands": 7}' }],
    ['settings that name another dialect', { 'redgreen.config.json': '{"dialect": "json-plan"}' }],
  ])('says what it has written if the example is beside %s', (_, files) => {
    const project = makeProject({ 'package.json': '{}', ...files })
    const { run } = initWithHome()
    const { status, stdout, stderr } = run(project, '--example', 'kiro', '--client', 'cursor')
    expect(stdout).toMatch(/\nRestart the clients, then ask your assistant: .*\n$/)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('+ Cursor: server added')
    expect(stdout).toContain('.kiro/specs/')
    expect(readdirSync(project.root)).toEqual(expect.arrayContaining(['.cursor', '.kiro']))
  })

  it('names the example as the remedy for a missing plan, and keeps other problems', () => {
    const { run } = initWithHome()
    const manifest = '{"scripts":{"test":"./run-tests"}}'
    const project = makeProject({ 'package.json': manifest }, { git: false })
    const { stdout } = run(project, '--dry-run')
    expect(stdout).toMatch(/✗ plan: none yet\. .*`redgreen init --example spec-kit`/)
    const planned = run(project, '--dry-run', '--example', 'spec-kit').stdout
    expect(planned).toMatch(/✗ repository: .*Run `git init`/)
    expect(planned).toMatch(/✗ tests: no test runner was found/)
  })

  it.each([
    [['--client', 'notepad'], 2, /There is no client notepad/],
    [['package.json'], 1, /No supported format reads package.json/],
    [['../x.md'], 1, /outside the workspace/],
  ])('refuses %j in one line and writes nothing', (args, status, text) => {
    const project = stackProject(PLAN)
    const { run } = initWithHome()
    const result = run(project, '--client', 'cursor', ...args)
    expect(result.status).toBe(status)
    expect(result.stderr).toMatch(text)
    expect(existsSync(path.join(project.root, '.cursor'))).toBe(false)
  })

  it('refuses to set up the home folder, and works without one', () => {
    const { home, run, env } = initWithHome()
    const inHome = run({ ...makeProject({}), root: home }, '--client', 'cursor')
    expect(inHome.stderr).toMatch(/^\[no_project\]/)
    const project = stackProject(PLAN)
    const homeless = spawnSync(
      process.execPath,
      [PROGRAM, 'init', '--client', 'cursor', '--client', 'windsurf'],
      { cwd: project.root, encoding: 'utf8', env: { ...env, HOME: '/' } },
    )
    expect(homeless.status).toBe(1)
    expect(homeless.stdout).toContain('+ Cursor: server added')
    expect(homeless.stdout).toMatch(/Windsurf: server not changed: .*no home folder/)
  })

  it('names a checklist in the settings, and removes the name again', () => {
    const { run } = initWithHome()
    const project = makeProject({ 'PLAN.md': '- [ ] Write a\n- [ ] Write b\n' })
    const client = ['--client', 'cursor']
    const { stdout } = run(project, 'PLAN.md', ...client)
    expect(stdout).toContain('PLAN.md is read in the format checklist: 2 tasks.')
    expect(stdout).toContain('Settings: plan added (redgreen.config.json)')
    const written = project.read('redgreen.config.json')
    expect(JSON.parse(written)).toEqual({ plan: 'PLAN.md' })
    run(project, 'PLAN.md', ...client)
    expect(project.read('redgreen.config.json')).toBe(written)
    run(project, '--remove')
    expect(existsSync(path.join(project.root, 'redgreen.config.json'))).toBe(false)
  })

  it.each([
    ['NONE.md', 'There is no file NONE.md'],
    ['docs', 'No supported format reads docs'],
    ['empty.md', 'empty.md, line 1: The file has no box.'],
    ['docs/a.md', 'has "dialect": "json-plan", which is another plan than docs/a.md'],
  ])('writes nothing for the plan %s', (plan, message) => {
    const project = makeProject({ 'docs/a.md': '- [ ] a\n', 'empty.md': 'Text.\n' })
    if (message.includes('json-plan'))
      project.write('redgreen.config.json', '{"dialect": "json-plan"}')
    const before = readdirSync(project.root)
    const { status, stderr } = initWithHome().run(project, plan, '--client', 'cursor')
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)])
    expect(readdirSync(project.root)).toEqual(before)
  })

  it.each([
    ['backlog', 'backlog', 'features? backlog'],
    ['backlog/tasks', 'backlog', 'feature backlog'],
    ['.taskmaster', 'task-master', 'features a and b'],
    ['specs/001-stack', 'spec-kit', 'feature 001-stack'],
  ])('writes which format decides if there are several: %s', (plan, dialect, features) => {
    const list = (id: number) => ({ tasks: [{ id, title: 'Add', status: 'pending' }] })
    const project = stackProject(PLAN, {
      '.taskmaster/tasks/tasks.json': JSON.stringify({ a: list(1), b: list(2) }),
      'backlog/tasks/task-1 - Add.md': '---\nid: TASK-1\ntitle: Add\nstatus: To Do\n---\n',
    })
    const { run } = initWithHome()
    const { stdout } = run(project, plan, '--client', 'cursor')
    expect(stdout).toMatch(new RegExp(`read in the format ${dialect}: ${features}\\.`))
    expect(stdout).toContain('Settings: dialect added (redgreen.config.json)')
    expect(JSON.parse(project.read('redgreen.config.json'))).toEqual({ dialect })
    const again = run(project, 'specs/001-stack', '--client', 'cursor')
    expect(again.status).toBe(dialect === 'spec-kit' ? 0 : 1)
    run(project, '--remove')
    expect(existsSync(path.join(project.root, 'redgreen.config.json'))).toBe(false)
  })

  it('says which entries a removal leaves, because they are for all projects', () => {
    const project = stackProject(PLAN)
    const { home, run } = initWithHome()
    run(project, '--client', 'cursor', '--user')
    const file = path.join(home, '.cursor/mcp.json')
    const { stdout } = run(project, '--remove')
    expect(stdout).toContain(
      `For all projects, the server stays in Cursor (${file}). Remove it there with \`redgreen init --remove --user\`.`,
    )
    expect(readFileSync(file, 'utf8')).toContain('redgreen')
    expect(run(project, '--remove', '--user').stdout).not.toContain('For all projects')
    expect(existsSync(file) && readFileSync(file, 'utf8')).not.toContain('redgreen')
    expect(run(project, '--remove').stdout).not.toContain('For all projects')
  })

  it('says what reads a plan that is named', () => {
    const { run } = initWithHome()
    const { stdout } = run(stackProject(PLAN), TASKS, '--client', 'cursor', '--dry-run')
    expect(stdout).toContain(`${TASKS} is read in the format spec-kit: feature 001-stack.`)
  })

  it.skipIf(!hasTerminal)(
    'shows the difference at a terminal, and writes nothing after a no',
    () => {
      const project = stackProject(PLAN)
      const { stdout } = atTerminal(project, 'n', 'init', '--client', 'cursor', '--hooks')
      expect(stdout).toContain('Create .cursor/mcp.json')
      expect(stdout).toContain('Write these changes?')
      expect(stdout).toContain('Nothing was written, because you did not agree.')
      expect(existsSync(path.join(project.root, '.cursor'))).toBe(false)
    },
  )
})

/** The plan that a server reads which a client starts with this entry. */
async function planOf(launch: {
  command: string
  args: string[]
  env: Record<string, string>
  cwd: string
}): Promise<string> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioClientTransport({ ...launch, stderr: 'ignore' }))
  try {
    const result = await client.callTool({
      name: 'read_document',
      arguments: { document: 'tasks' },
    })
    return z.object({ text: z.string() }).parse(result.structuredContent).text
  } finally {
    await client.close()
  }
}

import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { claudeCode } from '../../../src/setup/clients/claude-code.ts'
import { clients } from '../../../src/setup/clients/index.ts'
import { checkHooks } from '../../../src/setup/doctor/hook-checks.ts'
import { hookCommand, hookStart } from '../../../src/setup/hooks/command.ts'
import { hookTarget, type Surroundings } from '../../../src/setup/targets.ts'
import { makeProject, type Project } from '../../kit/project.ts'

const PACKAGE_FOLDER = 'node_modules/redgreen-mcp'

/** A hook that notes its folder, and denies everything. */
const HOOK = `
  require('node:fs').writeFileSync(__dirname + '/note', process.cwd())
  console.log('{"permissionDecision":"deny"}')
`

function place(project: Project, program: string): Surroundings {
  const { execPath, platform } = process
  return {
    root: project.root,
    machine: { platform, home: '', variable: () => undefined },
    installation: { kind: 'package', program, node: execPath, npx: 'npx' },
    isOnPath: () => false,
  }
}

/** Checks the hook that init would write for Claude Code. */
function check(project: Project, surroundings: Surroundings) {
  const target = hookTarget(claudeCode, 'project', surroundings)
  project.write('.claude/settings.json', target?.set('') ?? '')
  return checkHooks(surroundings, new AbortController().signal)
}

it('a hook in the project is run only if it is part of the running program', async () => {
  const files = { [`${PACKAGE_FOLDER}/dist/hook.cjs`]: HOOK }
  const project = makeProject(files, { git: false })
  const own = makeProject(files, { git: false })
  const programOf = ({ root }: Project) => path.join(root, PACKAGE_FOLDER, 'dist/cli.js')
  const note = path.join(PACKAGE_FOLDER, 'dist/note')
  const found = / is in node_modules of the project, .* It was not run\.$/
  for (const program of [programOf(own), '/no/such/node_modules/redgreen-mcp/dist/cli.js']) {
    expect(await check(project, place(project, program))).toEqual([
      {
        name: 'hook',
        ok: true,
        found: expect.stringMatching(found),
        remedy: 'If you trust the project, run `npx redgreen-mcp doctor` in it.',
      },
    ])
  }
  expect(existsSync(path.join(project.root, note))).toBe(false)
  const answers = [{ ok: true, found: expect.stringMatching(/ answers$/) }]
  expect(await check(project, place(project, programOf(project)))).toMatchObject(answers)
  expect(project.read(note)).not.toBe(project.root)
})

it('a hook is part of the running program also through a link of the package', async () => {
  const own = makeProject({ 'dist/hook.cjs': HOOK }, { git: false })
  const project = makeProject({}, { git: false })
  mkdirSync(path.join(project.root, 'node_modules'))
  symlinkSync(own.root, path.join(project.root, PACKAGE_FOLDER))
  const results = await check(project, place(project, path.join(own.root, 'dist/cli.js')))
  expect(results).toMatchObject([{ ok: true, found: expect.stringMatching(/ answers$/) }])
})

it('a hook is started as its command says', () => {
  const { root } = makeProject({}, { git: false })
  const installation = (program: string) => ({
    kind: 'package' as const,
    program,
    node: 'node',
    npx: 'npx',
  })
  for (const program of ['/a/_npx/1/node_modules/redgreen-mcp/dist/cli.js', '/b/dist/cli.js']) {
    for (const { name } of clients) {
      const start = hookStart(name, 'project', root, installation(program))
      const command = hookCommand(name, 'project', root, installation(program))
      expect(start?.join(' ')).toBe(command.replaceAll('"', ''))
    }
  }
})

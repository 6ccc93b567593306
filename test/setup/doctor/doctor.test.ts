import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { withHome } from '../../kit/home.ts'
import { makeProject, stackProject } from '../../kit/project.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 Add a stack in src/stack.js\n'

const report = z.object({
  passed: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      found: z.string(),
      remedy: z.string().optional(),
    }),
  ),
})

/** The result of `doctor`, and its checks of clients and hooks. */
function resultOf(stdout: string) {
  const { passed, checks } = report.parse(JSON.parse(stdout))
  return { passed, checks: checks.filter(({ name }) => ['client', 'hook'].includes(name)) }
}

describe('redgreen doctor, after redgreen init', () => {
  it('starts the server as each client does, and calls each hook', () => {
    const project = stackProject(PLAN)
    const { run } = withHome()
    const names = ['claude-desktop', 'cursor', 'codex', 'opencode']
    run(project, 'init', ...names.flatMap(name => ['--client', name]))
    const forms = ['claude-code', 'codex', 'copilot-cli', 'gemini', 'cursor']
    run(project, 'init', '--hooks', ...forms.flatMap(name => ['--client', name]))
    const { stdout, status } = run(project, 'doctor', '--json')
    const { passed, checks } = resultOf(stdout)
    expect({ status, passed }).toEqual({ status: 0, passed: true })
    const found = checks.map(check => check.found)
    for (const title of ['Claude Desktop', 'Cursor', 'Codex', 'opencode', 'Gemini CLI']) {
      expect(found).toContainEqual(
        expect.stringMatching(`^${title}: .* answers as redgreen .* and works in ${project.root}$`),
      )
    }
    expect(found.filter(text => / the hook of .* answers$/.test(text))).toHaveLength(forms.length)
  })

  it('names a client that has no entry, and the command that adds one', () => {
    const project = stackProject(PLAN)
    const { home, run } = withHome()
    mkdirSync(path.join(home, '.gemini'))
    const { passed, checks } = resultOf(run(project, 'doctor', '--json').stdout)
    expect(passed).toBe(true)
    expect(checks).toContainEqual({
      name: 'client',
      ok: true,
      found: 'Gemini CLI has no entry for redgreen',
      remedy: 'To use it with redgreen, run `redgreen init --client gemini`.',
    })
  })
})

describe('redgreen doctor, with a wrong entry', () => {
  const entry = (command: string, ...args: string[]) =>
    JSON.stringify({ mcpServers: { redgreen: { command, args } } })

  it('says what is wrong, and one thing to do', () => {
    const project = stackProject(PLAN)
    const { home, run } = withHome()
    const program = path.resolve('dist/cli.js')
    const other = stackProject(PLAN).root
    const write = (file: string, text: string) => {
      mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
      writeFileSync(path.join(home, file), text)
    }
    write('.codeium/windsurf/mcp_config.json', entry('/no/such/program'))
    write('.junie/mcp/mcp.json', entry(process.execPath, '-e', 'console.log("hello")'))
    write('.kiro/settings/mcp.json', '{ "mcpServers": ')
    write('.gemini/settings.json', entry(process.execPath, program, '--root', other))
    const { stdout, status } = run(project, 'doctor', '--json')
    expect(status).toBe(1)
    const failed = resultOf(stdout).checks.filter(({ ok }) => !ok)
    const again = (name: string) => `Run \`redgreen init --client ${name} --user\`.`
    expect(failed.map(({ found, remedy }) => [found, remedy])).toEqual([
      [expect.stringMatching(/^Gemini CLI: .* and works in /), again('gemini')],
      [expect.stringMatching(/^Windsurf: .* does not start the server: ./), again('windsurf')],
      [expect.stringMatching(/^JetBrains Junie: .* does not start .*hello/), again('junie')],
      [expect.stringMatching(/^Kiro: .* cannot be used: /), 'Correct the file.'],
    ])
    expect(failed[0]?.found).toContain(`works in ${other}`)
  })

  it('says that a hook does not answer', () => {
    const project = stackProject(PLAN)
    const { home, run } = withHome()
    run(project, 'init', '--client', 'cursor', '--hooks', '--user')
    const file = path.join(home, '.cursor/hooks.json')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replaceAll(path.resolve('dist'), '/no/such/dist'))
    const { checks } = resultOf(run(project, 'doctor', '--json').stdout)
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([
      {
        name: 'hook',
        found: expect.stringMatching(/^Cursor: the hook of .* does not answer/),
        remedy: 'Run `redgreen init --client cursor --hooks --user`.',
      },
    ])
  })

  it('runs no command that came with the project', () => {
    const proof = path.join(makeProject({}, { git: false }).root, 'executed')
    const script = `require("node:fs").writeFileSync(${JSON.stringify(proof)}, "")`
    const hook = `node -e '${script}' dist/hook.cjs --client claude-code`
    const project = stackProject(PLAN, {
      '.mcp.json': entry('node', '-e', script),
      '.claude/settings.json': JSON.stringify({
        hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: hook }] }] },
      }),
    })
    const { run } = withHome()
    const { checks } = resultOf(run(project, 'doctor', '--json').stdout)
    expect(checks.map(check => check.found)).toEqual([
      expect.stringMatching(
        /^Claude Code: .* is not the one that init writes\. It was not started: /,
      ),
      expect.stringMatching(
        /^Claude Code: .* has hooks that init would not write\. They were not run\.$/,
      ),
    ])
    expect(() => readFileSync(proof)).toThrow('ENOENT')
  })
})

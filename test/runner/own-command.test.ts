import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/run-command.ts'
import { installationOf } from '../../src/runner/installation.ts'
import {
  COMMAND_NAMES,
  commandOfScript,
  ownCommand,
  withOwnCommand,
} from '../../src/runner/own-command.ts'
import { makeProject } from '../kit/project.ts'

const CLONE = '/src/redgreen/dist/cli.js'
const GLOBAL = '/usr/lib/node_modules/redgreen-mcp/dist/cli.js'
const CACHED = '/home/u/.npm/_npx/1a2b/node_modules/redgreen-mcp/dist/cli.js'

/** The command of a program, with what `redgreen` is in each folder of the search path. */
function commandOf(program: string, links: Record<string, string | undefined> = {}): string {
  const files = new Map(Object.entries(links).map(([folder, to]) => [`${folder}/redgreen`, to]))
  const installation = installationOf(program, '/usr/bin/node', '/usr/bin/npx')
  return ownCommand(installation, Object.keys(links), file => files.get(file))
}

describe('the command that messages name', () => {
  it.each([
    ['a clone', CLONE, {}, `node ${CLONE}`],
    ['a folder with a space', '/my src/dist/cli.js', {}, 'node "/my src/dist/cli.js"'],
    ['the cache of npx', CACHED, {}, 'npx redgreen-mcp'],
    [
      'the cache of npx, which is on the search path only now',
      CACHED,
      { '/home/u/.npm/_npx/1a2b/node_modules/.bin': CACHED },
      'npx redgreen-mcp',
    ],
    ['a global installation', GLOBAL, { '/usr/bin': GLOBAL }, 'redgreen'],
    [
      'another program of this name',
      GLOBAL,
      { '/opt': '/opt/x', '/usr/bin': GLOBAL },
      'npx redgreen-mcp',
    ],
    ['a linked clone', CLONE, { '/usr/bin': CLONE }, 'redgreen'],
    ['a later folder', CLONE, { '/opt': undefined, '/usr/bin': CLONE }, 'redgreen'],
  ])('works in %s', (_what, program, links, command) => {
    expect(commandOf(program, links)).toBe(command)
  })

  describe('of the script that Node runs', () => {
    /** A folder with the files of the program, and another one in which `redgreen` is a link to it. */
    function installed() {
      const { root } = makeProject({ 'dist/cli.js': '', 'dist/hook.cjs': '' }, { git: false })
      mkdirSync(path.join(root, 'bin'))
      const [program, link] = [path.join(root, 'dist/cli.js'), path.join(root, 'bin/redgreen')]
      symlinkSync(program, link)
      return { root, program, link }
    }

    it('is that of the program, of the hook beside it, and of a link', () => {
      const { root, program, link } = installed()
      for (const script of [program, path.join(root, 'dist/hook.cjs'), link]) {
        expect(commandOfScript(script)).toBe(`node ${program}`)
        expect(commandOfScript(script, `/nowhere:${path.join(root, 'bin')}`)).toBe('redgreen')
      }
    })

    it('is not looked for below the working directory', () => {
      const { root, program } = installed()
      const bin = path.relative(process.cwd(), path.join(root, 'bin'))
      expect(commandOfScript(program, `:.:${bin}`)).toBe(`node ${program}`)
    })

    it.each(['/usr/lib/vitest/cli.mjs', '/app/server.js', ''])(
      'is the short one for %j',
      script => {
        expect(commandOfScript(script)).toBe('redgreen')
      },
    )
  })

  it.each([
    ['Ask a human to run `redgreen approve` in a terminal.', '`npx redgreen-mcp approve`'],
    ['redgreen waive T1 --reason …', 'npx redgreen-mcp waive T1'],
    ['Usage: redgreen mark-complete TASK', ': npx redgreen-mcp mark-complete TASK'],
  ])('replaces the name in %j', (text, expected) => {
    expect(withOwnCommand(text, 'npx redgreen-mcp')).toContain(expected)
  })

  it('stands beside the first name in a clone, because the documents use the short one', () => {
    const text = 'Run `redgreen approve`, or `redgreen waive T1 --reason …`. Help: redgreen status'
    expect(withOwnCommand(text, `node ${CLONE}`)).toBe(
      text.replace('approve`', `approve\` (here: \`node ${CLONE} approve\`)`),
    )
  })

  it.each([
    'Implement the feature with the redgreen tools.',
    '.redgreen/ledger',
    'npx redgreen-mcp init',
    'dist/redgreen approve',
    'the redgreen status-line',
  ])('leaves %j', text => {
    expect(withOwnCommand(text, 'npx redgreen-mcp')).toBe(text)
  })

  it('replaces it for every command of the program', () => {
    const names = commands.map(({ name }) => name)
    expect(names.filter(name => !COMMAND_NAMES.includes(name))).toEqual([])
    expect(COMMAND_NAMES.filter(name => !names.includes(name))).toEqual([])
  })
})

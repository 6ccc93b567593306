import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/run-command.ts'
import { installationOf } from '../../src/runner/installation.ts'
import { COMMAND_NAMES, ownCommand, withOwnCommand } from '../../src/runner/own-command.ts'

const CLONE = '/src/redgreen/dist/cli.js'
const GLOBAL = '/usr/lib/node_modules/redgreen-mcp/dist/cli.js'
const CACHED = '/home/u/.npm/_npx/1a2b/node_modules/redgreen-mcp/dist/cli.js'

/** The command of a program, with what `redgreen` is in each folder of the search path. */
function commandOf(program: string, links: Record<string, string> = {}): string {
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
  ])('works in %s', (_what, program, links, command) => {
    expect(commandOf(program, links)).toBe(command)
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

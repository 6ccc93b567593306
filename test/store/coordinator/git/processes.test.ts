import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { bundled } from '../../../kit/bundle.ts'
import { linesOf } from './decisions.ts'
import { git, testRemote } from './remote.ts'

const LINES = 6

/** Runs a server until it has added its lines, or until it is killed after some of them. Returns the lines that it saw taken. */
async function run(program: string, root: string, name: string, killAfter = Infinity) {
  const server = spawn(process.execPath, [program, root, name, String(LINES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let taken = ''
  server.stdout.on('data', (chunk: Buffer) => {
    taken += chunk.toString()
    if (taken.split('\n').length > killAfter) server.kill('SIGKILL')
  })
  await once(server, 'close')
  return taken.split('\n').filter(line => line !== '')
}

describe('several servers with clones of their own and one git remote', () => {
  it('lose no line and add none twice, although some of them are killed', async () => {
    const remote = testRemote()
    const program = await bundled('test/chaos/appending-process.ts')
    remote.push('one', 'two')
    const shared = remote.clone('--depth', '1')
    const servers = [remote.connected(), remote.connected(), remote.connected(), shared, shared]
    const taken = await Promise.all(
      servers.map((root, at) => run(program, root, `s${at}`, at < 2 ? 2 : Infinity)),
    )
    const lines = await linesOf(remote.open())
    expect(taken.slice(2).map(one => one.length)).toEqual([LINES, LINES, LINES])
    expect([...new Set(lines)]).toEqual(lines)
    expect(taken.flat().filter(line => !lines.includes(line))).toEqual([])
    // A killed server does not know whether its last line was taken.
    expect(lines.length - taken.flat().length).toBeLessThanOrEqual(2)
    for (const one of taken) expect(lines.filter(line => one.includes(line))).toEqual(one)
    expect(git(remote.bare, 'fsck', '--strict')).not.toContain('error')
  })
})

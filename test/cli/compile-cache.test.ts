import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { keepsCode } from '../../src/cli/node-files.ts'
import { temporaryFolder } from '../kit/folder.ts'
import { makeProject } from '../kit/project.ts'
import { openServer } from '../kit/server.ts'

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

describe('the compiled code of a server', () => {
  it('is kept after its first answer, and fits the next server', async () => {
    const { root } = makeProject({ 'package.json': '{}' }, { git: false })
    const state = temporaryFolder()
    const cache = path.join(state, 'redgreen/compile-cache')
    const session = async (wait: () => Promise<void>) => {
      const server = await openServer(root, { env: { XDG_STATE_HOME: state } })
      const { code } = await server.call('next_task')
      await wait()
      await server.close()
      return code
    }
    const isKept = () => vi.waitFor(() => expect(namesIn(cache)).not.toEqual([]), PATIENCE)
    const answer = await session(isKept)
    // Later versions of Node have files of their own.
    if (keepsCode()) return
    const [name = ''] = readdirSync(cache)
    const before = statSync(path.join(cache, name)).ino
    expect(await session(async () => undefined)).toBe(answer)
    // If V8 had rejected some of it, or the build had changed, the file would have been replaced.
    expect(statSync(path.join(cache, name)).ino).toBe(before)
  })

  // Later versions of Node keep it at the end of each process.
  it.skipIf(keepsCode())('is not kept by a server that was asked for nothing', async () => {
    const { root } = makeProject({ 'package.json': '{}' }, { git: false })
    const state = temporaryFolder()
    const server = await openServer(root, { env: { XDG_STATE_HOME: state } })
    await server.close()
    expect(namesIn(path.join(state, 'redgreen/compile-cache'))).toEqual([])
  })
})

const PATIENCE = { timeout: 30_000, interval: 50 }

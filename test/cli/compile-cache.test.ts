import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useCompiledCode } from '../../src/cli/compile-cache.ts'
import type { CompiledCode } from '../../src/cli/compiled-code.ts'
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
    const [build = ''] = readdirSync(cache)
    const [name = ''] = readdirSync(path.join(cache, build))
    const before = statSync(path.join(cache, build, name)).ino
    expect(await session(async () => undefined)).toBe(answer)
    // If V8 had rejected some of it, the file would have been replaced.
    expect(statSync(path.join(cache, build, name)).ino).toBe(before)
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

describe('the folder of compiled code', () => {
  afterEach(() => vi.unstubAllEnvs())

  /** Code whose use and keeping can be seen. */
  function recordingCode(build: string, keep: CompiledCode['keep'] = () => undefined) {
    const used: string[] = []
    return { used, code: { build, use: (folder: string) => used.push(folder), keep } }
  }

  function stateFolder(): string {
    const state = temporaryFolder()
    vi.stubEnv('XDG_STATE_HOME', state)
    return path.join(state, 'redgreen/compile-cache')
  }

  it('is one for each build', () => {
    const builds = stateFolder()
    const { code, used } = recordingCode('0123456789abcdef-and-more')
    useCompiledCode(code)
    expect(used).toEqual([path.join(builds, '0123456789abcdef')])
  })

  it.skipIf(process.platform === 'win32')('is not used if others may write in it', () => {
    const builds = stateFolder()
    mkdirSync(path.join(builds, 'one'), { recursive: true })
    const { code, used } = recordingCode('one')
    chmodSync(path.join(builds, 'one'), 0o770)
    useCompiledCode(code)
    chmodSync(path.join(builds, 'one'), 0o700)
    chmodSync(builds, 0o707)
    useCompiledCode(code)
    expect(used).toEqual([])
    chmodSync(builds, 0o700)
    useCompiledCode(code)
    expect(used).toHaveLength(1)
  })

  it('gets code once, half a second after an answer, and loses those of old builds', async () => {
    const builds = stateFolder()
    for (const [day, build] of ['old', 'c', 'b', 'a'].entries()) {
      mkdirSync(path.join(builds, build, 'inner'), { recursive: true })
      writeFileSync(path.join(builds, build, 'inner', 'code'), '')
      utimesSync(path.join(builds, build), day, day)
    }
    let kept = 0
    const { code } = recordingCode('a', () => (kept += 1))
    const onAnswer = useCompiledCode(code)
    onAnswer()
    onAnswer()
    await vi.waitFor(() => expect(readdirSync(builds)).toEqual(['a', 'b', 'c']), PATIENCE)
    expect(kept).toBe(1)
  })

  it('does not disturb a server if nothing can be kept', async () => {
    stateFolder()
    let tried = false
    const { code } = recordingCode('a', () => {
      tried = true
      throw new Error('The disk is full.')
    })
    useCompiledCode(code)()
    // A rejection that nobody handles would fail the run of the tests.
    await vi.waitFor(() => expect(tried).toBe(true), PATIENCE)
  })
})

const PATIENCE = { timeout: 30_000, interval: 50 }

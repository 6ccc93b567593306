import { request } from 'node:http'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { GENESIS } from '../../../src/evidence/chain.ts'
import { UNKNOWN_TAG } from '../../../src/evidence/witness/statement.ts'
import { Witness } from '../../../src/server/witness/witness.ts'
import { disk } from '../../../src/store/disk.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { startWitness } from '../../kit/witness.ts'

afterEach(() => void vi.restoreAllMocks())

const hash = (letter: string) => letter.repeat(64)

function part(chain: string, [first, ...letters]: string[], from = 1, prev = GENESIS) {
  const hashes = [first ?? '', ...letters].map(hash)
  return { chain, first: from, prev, hashes, clone: UNKNOWN_TAG, branch: UNKNOWN_TAG }
}

const inProject = (project: string, ...parts: ReturnType<typeof part>[]) => ({
  project,
  feature: 'f',
  parts,
})

describe('a witness', () => {
  it('adds all parts of a request with one sync', () => {
    const witness = new Witness(temporaryFolder())
    const sync = vi.spyOn(disk, 'sync')
    const parts = [part('c', ['a', 'b']), part('c', ['c'], 3, hash('b')), part('d', ['e'])]
    const { heads } = witness.hear(inProject('p', ...parts))
    expect(heads.map(({ chain, length }) => [chain, length])).toEqual([
      ['c', 3],
      ['d', 1],
    ])
    expect(sync).toHaveBeenCalledTimes(1)
    witness.hear(inProject('p', ...parts))
    expect(sync).toHaveBeenCalledTimes(1)
  })

  it('knows nothing of a request that it could not keep, and takes it again', () => {
    const folder = temporaryFolder()
    const witness = new Witness(folder)
    const sent = inProject('p', part('c', ['b'], 2, hash('a')), part('d', ['e']))
    witness.hear(inProject('p', part('c', ['a'])))
    vi.spyOn(disk, 'sync').mockImplementationOnce(() => {
      throw new Error('disk full')
    })
    expect(() => witness.hear(sent)).toThrow('disk full')
    expect(witness.heads(sent).heads).toMatchObject([{ chain: 'c', length: 1, head: hash('a') }])
    expect(witness.hear(sent).heads).toMatchObject([{ length: 2 }, { length: 1 }])
    expect(new Witness(folder).heads(sent).heads).toEqual(witness.heads(sent).heads)
  })

  it('takes a limited amount of one project, also after a restart', () => {
    const folder = temporaryFolder()
    const full = /keeps at most 600 bytes about a project, and p has reached that/
    const witness = new Witness(folder, 600)
    witness.hear(inProject('p', part('c', ['a'])))
    const more = inProject('p', part('d', ['a', 'b', 'c', 'd']))
    expect(() => witness.hear(more)).toThrow(full)
    expect(witness.heads(more).heads).toMatchObject([{ chain: 'c' }])
    expect(witness.hear(inProject('p', part('c', ['a']))).refused).toEqual([])
    expect(() => new Witness(folder, 600).hear(more)).toThrow(full)
    const { heads } = witness.hear({ ...more, project: 'q' })
    expect(heads).toMatchObject([{ chain: 'd', length: 4 }])
  })

  it('answers with 507 if a project is full, and with 400 if the target is not an address', async () => {
    const { folder, witness } = await startWitness(undefined, 1)
    const log = vi.spyOn(console, 'error').mockReturnValue()
    const body = JSON.stringify(inProject('p', part('c', ['a'])))
    const socketPath = path.join(folder, 'w.sock')
    const headers = { authorization: `Bearer ${process.env['REDGREEN_WITNESS_TOKEN']}` }
    const ask = (method: string, target: string) =>
      new Promise<[number | undefined, string]>((resolve, reject) => {
        const sent = request({ socketPath, method, path: target, headers }, response => {
          let text = ''
          response.on('data', (chunk: Buffer) => (text += chunk.toString()))
          response.on('end', () => resolve([response.statusCode, text]))
        })
        sent.on('error', reject)
        sent.end(method === 'POST' ? body : undefined)
      })
    expect(await ask('POST', '/events')).toEqual([507, expect.stringContaining('at most 1 byte ')])
    expect(await ask('GET', '//')).toEqual([400, expect.stringContaining('no address')])
    expect(witness.statement('p').chains).toEqual([])
    expect(log).not.toHaveBeenCalled()
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { serveWitness } from '../../../src/server/witness/serve-witness.ts'
import { temporaryFolder } from '../../kit/folder.ts'

it('a file at the place of the socket of a witness is kept, and the witness does not start', async () => {
  const socket = path.join(temporaryFolder(), 'notes.txt')
  writeFileSync(socket, 'mine')
  const serving = serveWitness({
    folder: temporaryFolder(),
    place: { socket },
    tls: undefined,
    tokenFile: undefined,
    signal: AbortSignal.abort(),
    onListen: () => undefined,
    hint: () => undefined,
  })
  await expect(serving).rejects.toThrow(/cannot listen at .*notes\.txt \(EADDRINUSE\)/)
  expect(readFileSync(socket, 'utf8')).toBe('mine')
})

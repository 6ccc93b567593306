import { lstatSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { codeOf, disk } from '../../store/disk.ts'
import { readBytes } from '../../store/read-file.ts'
import { readToken, UnsafeTokenFile } from '../../store/token-file.ts'
import { BadJournal } from '../../store/witness-files.ts'
import { urlOf } from '../http/address.ts'
import { CannotServe } from '../http/serve.ts'
import { Witness } from './witness.ts'
import { WitnessServer, type WitnessPlace } from './witness-server.ts'

/** What `redgreen witness` was asked for. */
export interface WitnessRequest {
  folder: string
  place: WitnessPlace
  /** Files with the certificate and its private key, in PEM. */
  tls: { cert: string; key: string } | undefined
  tokenFile: string | undefined
  signal: AbortSignal
  /** Called once, with the address. */
  onListen: (address: string) => void
  /** Receives lines for the human who started it. */
  hint: (text: string) => void
}

/** Serves a witness until `signal` aborts. Throws `CannotServe`. */
export async function serveWitness(request: WitnessRequest): Promise<void> {
  const { folder, place, signal, hint } = request
  const tls = request.tls && {
    cert: fileFor(request.tls.cert),
    key: fileFor(request.tls.key),
  }
  const token = refusing(() => readToken(request.tokenFile ?? path.join(folder, 'token')))
  const witness = refusing(() => new Witness(folder))
  const server = new WitnessServer(witness, { token: token.text, tls })
  const port = await listen(server, place)
  request.onListen(
    'socket' in place
      ? `unix:${place.socket}`
      : urlOf({ host: place.host, port }).replace('http:', tls ? 'https:' : 'http:'),
  )
  hint(
    `The public key of this witness${witness.isNew ? ', created now' : ''}: ${witness.publicKey}`,
  )
  hint(
    token.isNew
      ? `Its token was created in ${token.file} and is shown only now: ${token.text}`
      : `Its token is in ${token.file}.`,
  )
  if (!signal.aborted)
    await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
  await server.stop()
}

async function listen(server: WitnessServer, place: WitnessPlace): Promise<number> {
  try {
    if ('socket' in place) await removeLeftSocket(place.socket)
    return await server.listen(place)
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    const where = 'socket' in place ? place.socket : `${place.host}, port ${place.port}`
    throw new CannotServe(`The witness cannot listen at ${where} (${code}), so it was not started.`)
  }
}

/** A witness that was killed leaves its socket behind, at which nobody listens. Anything else stays. */
async function removeLeftSocket(file: string): Promise<void> {
  // The system answers ECONNREFUSED for a regular file too.
  if (lstatSync(file, { throwIfNoEntry: false })?.isSocket() !== true) return
  const code = await new Promise<string | undefined>(resolve => {
    const socket = connect(file)
    socket.once('connect', () => {
      socket.destroy()
      resolve(undefined)
    })
    socket.once('error', error => resolve(codeOf(error)))
  })
  if (code === 'ECONNREFUSED') disk.remove(file)
}

function fileFor(file: string): Buffer {
  const bytes = readBytes(file)
  if (bytes) return bytes
  throw new CannotServe(`There is no file ${file}, so the witness was not started.`)
}

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof UnsafeTokenFile || error instanceof BadJournal)
      throw new CannotServe(error.message)
    throw error
  }
}

import { serverOutput, untilStopped } from './until-stopped.ts'
import path from 'node:path'
import { countOf } from '../plan/format-list.ts'
import { joinAsLines } from '../runner/safe-text.ts'
import { writeFile } from '../store/files.ts'
import { fileStatus } from '../store/read-file.ts'
import { userFolder } from '../store/user-folder.ts'
import type { Call } from '../workflow/context/call.ts'
import { callWorkspace } from '../workflow/context/call-workspace.ts'
import { UsageError, type Arguments, type Command, type Printed } from './command.ts'

const DEFAULT_PORT = 17392

export const witnessCommand: Command = {
  name: 'witness',
  usage:
    '[--folder DIR] [--socket FILE | --host HOST --port N] [--cert FILE --cert-key FILE] [--allow-remote] [--token-file FILE] [--export FILE [--project NAME]] [--send]',
  summary: 'keep the hashes of events under another account, for verify --witness',
  description:
    'Run it under an account that the assistants cannot use, or on the host of their virtual machine. It keeps the hash of each event that a server sends, refuses everything that does not continue what it has heard, and signs what it knows. Servers find it by the variables REDGREEN_WITNESS_URL and REDGREEN_WITNESS_TOKEN. With --export it writes its signed statement and ends; with --send it sends to the witness of these variables everything that it has not heard of yet. See docs/witness.md.',
  options: {
    folder: {
      type: 'string',
      value: 'DIR',
      description: 'Its key, journal and token. Default: witness in the state folder of redgreen.',
    },
    socket: { type: 'string', value: 'FILE', description: 'Listen at a unix socket.' },
    host: {
      type: 'string',
      value: 'HOST',
      description: 'Address to listen at. Default: 127.0.0.1.',
    },
    port: { type: 'string', value: 'N', description: 'Port; 0 takes a free one. Default: 17392.' },
    cert: { type: 'string', value: 'FILE', description: 'Certificate for HTTPS, in PEM.' },
    'cert-key': {
      type: 'string',
      value: 'FILE',
      description: 'Private key of the certificate, in PEM.',
    },
    'allow-remote': {
      type: 'boolean',
      description:
        'Needed for a host that other machines can reach without a certificate: anyone on the way can read the token.',
    },
    'token-file': {
      type: 'string',
      value: 'FILE',
      description: 'File with the token of the servers. Default: token in the folder.',
    },
    export: {
      type: 'string',
      value: 'FILE',
      description: 'Write the signed statement about a project to a file, and end.',
    },
    project: {
      type: 'string',
      value: 'NAME',
      description: 'Project of the statement. Default: default.',
    },
    send: {
      type: 'boolean',
      description: 'In a project: send what the witness lacks, and end.',
    },
  },
  exitCode1: 'the witness did not take everything that --send sent',
  examples: [
    'redgreen witness --socket /run/redgreen/witness.sock --folder /var/lib/redgreen-witness',
    'redgreen witness --host 192.168.1.5 --cert cert.pem --cert-key key.pem',
    'redgreen witness --export statement.json --project shop',
    'redgreen witness --send',
  ],
  anywhere: true,
  async run(call, args) {
    if (args.flag('send')) return send(call)
    const folder = folderIn(args)
    const file = args.text('export')
    return file === undefined
      ? serve(call, args, folder)
      : exportTo(path.resolve(file), args, folder)
  },
}

/** A person waits for it, and everything that was ever recorded may have to be sent. */
const SEND_TIMEOUT_MS = 120_000

async function send(call: Call): Promise<Printed> {
  const { sendEvents } = await import('../workflow/witness/send-events.ts')
  const result = await sendEvents(callWorkspace(call), { signal: call.signal, ms: SEND_TIMEOUT_MS })
  const text = joinAsLines([
    `The witness heard of ${countOf(result.sent, 'new event')}.`,
    ...result.problems,
  ])
  return { data: result, text, exitCode: result.problems.length > 0 ? 1 : 0 }
}

async function exportTo(file: string, args: Arguments, folder: string): Promise<Printed> {
  if (fileStatus(path.join(folder, 'key')) === undefined)
    throw new UsageError(
      `There is no key of a witness in ${folder}, so nothing was written. Name its folder with --folder.`,
    )
  const { Witness } = await import('../server/witness/witness.ts')
  const witness = new Witness(folder)
  const statement = witness.statement(args.text('project') ?? 'default')
  witness.close()
  writeFile(file, `${JSON.stringify(statement)}\n`)
  const count = countOf(statement.chains.length, 'chain')
  return { data: statement, text: `Wrote what it knows about ${count} to ${file}.` }
}

async function serve(call: Call, args: Arguments, folder: string): Promise<Printed> {
  const { serveWitness } = await import('../server/witness/serve-witness.ts')
  const { CannotServe } = await import('../server/http/serve.ts')
  return untilStopped(CannotServe, async () =>
    serveWitness({
      folder,
      place: await placeIn(args),
      tls: tlsIn(args),
      tokenFile: args.text('token-file'),
      signal: call.signal,
      ...serverOutput,
    }),
  )
}

async function placeIn(args: Arguments) {
  const { DEFAULT_HOST, isLoopback } = await import('../server/http/address.ts')
  const socket = args.text('socket')
  const [host, port] = [args.text('host'), args.text('port')]
  if (socket !== undefined) {
    if (host !== undefined || port !== undefined)
      throw new UsageError('--socket excludes --host and --port, so no witness was started.')
    return { socket: path.resolve(socket) }
  }
  const isOpen = host !== undefined && !isLoopback(host) && args.text('cert') === undefined
  if (isOpen && !args.flag('allow-remote'))
    throw new UsageError(
      `Other machines can reach ${host} without TLS, so no witness was started. Name --cert and --cert-key, or add --allow-remote.`,
    )
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    throw new UsageError(`${port} is not a port. A port is a number from 0 to 65535.`)
  return { host: host ?? DEFAULT_HOST, port: Number(port ?? DEFAULT_PORT) }
}

function tlsIn(args: Arguments): { cert: string; key: string } | undefined {
  const [cert, key] = [args.text('cert'), args.text('cert-key')]
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined)
    throw new UsageError('--cert and --cert-key belong together, so no witness was started.')
  return { cert, key }
}

function folderIn(args: Arguments): string {
  const named = args.text('folder')
  if (named !== undefined) return path.resolve(named)
  const folder = userFolder()
  if (folder !== undefined) return path.join(folder, 'witness')
  throw new UsageError('There is no home folder. Name a folder with --folder.')
}

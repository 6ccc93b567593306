import { serverOutput, untilStopped } from './until-stopped.ts'
import { chooseProjectFolder, environmentCandidates } from '../workflow/context/project-folder.ts'
import { openWorkspace } from '../store/workspace.ts'
import { UsageError, type Arguments, type Command } from './command.ts'

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--http] [--root DIR]… [--port N] [--host HOST] [--allow-remote] [--token-file FILE]',
  summary: 'serve every editor on this machine over HTTP',
  description:
    'Serves MCP over Streamable HTTP at /mcp, so that all editors and assistants use one server, until it is interrupted. It prints its address when it is ready. Clients need a token: it is created at the first start, in a file that only you can read, and shown once. For you it prints, on standard error, an address with another token, new at each start: with it you decide on the page. Start the server in a terminal of your own, not in one that an assistant reads. Only programs of this machine can connect, unless you name another host. With several projects, a client chooses one by /mcp?workspace=NAME. If the port or the token file cannot be used, it says so in one line and exits with 2.',
  options: {
    http: {
      type: 'boolean',
      description: 'Streamable HTTP. It is the only kind, and the default.',
    },
    root: {
      type: 'string',
      multiple: true,
      value: 'DIR',
      description:
        'Project folder to serve. Default: REDGREEN_ROOT, then CLAUDE_PROJECT_DIR, then WORKSPACE_FOLDER_PATHS, then the working directory.',
    },
    port: {
      type: 'string',
      value: 'N',
      description: 'Port; 0 takes a free one. Default: 17391.',
    },
    host: {
      type: 'string',
      value: 'HOST',
      description: 'Address to listen at. Default: 127.0.0.1.',
    },
    'allow-remote': {
      type: 'boolean',
      description:
        'Needed for a host that other machines can reach. There is no TLS: anyone on the way can read the token and the code.',
    },
    'token-file': {
      type: 'string',
      value: 'FILE',
      description:
        'File with the token, outside of every project. Default: http-token in the state folder of redgreen.',
    },
  },
  examples: [
    'redgreen serve',
    'redgreen serve --root ~/shop --root ~/blog --port 8765',
    'redgreen serve --port 0 --token-file ~/.config/redgreen/token',
  ],
  anywhere: true,
  async run(call, args) {
    const { CannotServe, serveHttp } = await import('../server/http/serve.ts')
    const { DEFAULT_HOST, DEFAULT_PORT, isLoopback } = await import('../server/http/address.ts')
    const host = args.text('host') ?? DEFAULT_HOST
    if (!isLoopback(host) && !args.flag('allow-remote')) {
      throw new UsageError(
        `Other machines can reach ${host}, and there is no TLS, so no server was started. To accept that, add --allow-remote.`,
      )
    }
    const port = portIn(args, DEFAULT_PORT)
    const roots = await rootsIn(args)
    // Standard output has the address and nothing else.
    console.log = console.error
    const tokenFile = args.text('token-file')
    return untilStopped(CannotServe, () =>
      serveHttp({ host, port, roots, tokenFile, signal: call.signal, ...serverOutput }),
    )
  },
}

function portIn(args: Arguments, fallback: number): number {
  const text = args.text('port')
  if (text === undefined) return fallback
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new UsageError(`${text} is not a port. A port is a number from 0 to 65535.`)
}

/** The folders that were named, each with the project in it or above it; without one, the project of the working directory. */
async function rootsIn(args: Arguments): Promise<string[]> {
  const named = args.list('root')
  const { REDGREEN_ROOT } = process.env
  const fromEnvironment = REDGREEN_ROOT ? [REDGREEN_ROOT] : []
  const folders = named.length > 0 ? named : fromEnvironment
  const source = '--root or REDGREEN_ROOT'
  const groups =
    folders.length > 0
      ? folders.map(folder => [{ folder, source, isNamed: true }])
      : [environmentCandidates()]
  return Promise.all(
    groups.map(async group => {
      const { root } = await chooseProjectFolder(group)
      return openWorkspace(root)?.root ?? root
    }),
  )
}

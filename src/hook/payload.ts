import { editsOf, plainName, type FileEdit } from './edits.ts'

/** A hook call of any client, in one form. */
export interface HookCall {
  client: string
  /** `tool`: before a tool call. `stop`: at the end of a turn. `start`: at the start of a session. */
  event: 'tool' | 'stop' | 'start'
  /** The client's own name of the event, for its answer. */
  name: string
  cwd: string
  edits: FileEdit[]
  /** The shell line that the client is about to run. */
  command?: string
  /** The client says that it already continues because of a hook. */
  goesOn: boolean
}

type Fields = Record<string, unknown>

const EVENTS: Record<string, HookCall['event']> = {
  pretooluse: 'tool',
  beforetool: 'tool',
  beforeshellexecution: 'tool',
  stop: 'stop',
  subagentstop: 'stop',
  agentstop: 'stop',
  afteragent: 'stop',
  sessionstart: 'start',
}

/** The call that a payload describes; `undefined` for an event that this program has no rule for. */
export function parsePayload(text: string, client: string | undefined): HookCall | undefined {
  const payload = parseFields(text)
  if (!payload) return undefined
  const name = eventName(payload)
  const event = EVENTS[name.toLowerCase()]
  if (event === undefined) return undefined
  const tool = textOf(payload['tool_name'] ?? payload['toolName']) ?? ''
  const input = inputOf(payload)
  const command = commandOf(tool, input, name)
  return {
    client: clientOf(payload, name, client),
    event,
    name,
    cwd: folderOf(payload),
    edits: editsOf(tool, input),
    ...(command !== undefined && { command }),
    goesOn: payload['stop_hook_active'] === true,
  }
}

/** Copilot CLI sends no name of the event. */
function eventName(payload: Fields): string {
  const named = textOf(payload['hook_event_name'] ?? payload['hookEventName'])
  if (named !== undefined) return named
  if ('toolName' in payload) return 'preToolUse'
  if ('stopReason' in payload) return 'agentStop'
  return 'source' in payload ? 'sessionStart' : ''
}

/** VS Code and Cursor also read Claude Code's file, so the form of the payload decides over the argument. */
function clientOf(payload: Fields, name: string, client: string | undefined): string {
  if (client !== undefined && client !== 'claude-code') return client
  if (
    'toolName' in payload ||
    (['agentStop', 'preToolUse'].includes(name) && !('conversation_id' in payload))
  )
    return 'copilot-cli'
  if (['BeforeTool', 'AfterAgent'].includes(name)) return 'gemini'
  if ('conversation_id' in payload && /^[a-z]/.test(name)) return 'cursor'
  const isVsCode = 'hookEventName' in payload || 'timestamp' in payload
  return isVsCode && client !== undefined ? 'vscode' : 'claude-code'
}

function inputOf(payload: Fields): Fields {
  const { tool_input: input, toolArgs } = payload
  const found = input ?? (typeof toolArgs === 'string' ? parseFields(toolArgs) : toolArgs)
  return isFields(found) ? found : payload
}

const SHELLS =
  /^(?:bash|shell|runinterminal|runshellcommand|powershell|exec|execcommand|localshell|terminal|runterminalcmd)$/

function commandOf(tool: string, input: Fields, event: string): string | undefined {
  const isShell = SHELLS.test(plainName(tool)) || event === 'beforeShellExecution'
  const { command } = input
  if (!isShell) return undefined
  return Array.isArray(command) ? command.join(' ') : textOf(command)
}

function folderOf(payload: Fields): string {
  const roots = payload['workspace_roots']
  const root: unknown = Array.isArray(roots) ? roots[0] : undefined
  return textOf(payload['cwd']) ?? textOf(root) ?? process.cwd()
}

function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

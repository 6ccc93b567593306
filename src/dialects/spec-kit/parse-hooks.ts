import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'

/** A command that an extension wants run at some point of the workflow. */
export interface Hook {
  extension: string
  /** As a slash command. */
  command: string
  optional: boolean
  conditional: boolean
  /** What the person is asked; may be empty. */
  prompt: string
}

export interface HookList {
  /** By event, in the order in which they are due. */
  hooks: Record<HookEvent, Hook[]>
  /** 1-based lines. */
  faults: { line: number; text: string }[]
}

type HookEvent = (typeof EVENTS)[number]

/** The hooks around implementing that are switched on. Values are read as they stand; tags, aliases and conditions mean nothing here. */
export function parseHooks(source: string): HookList {
  const lines = new LineCounter()
  if (source.length > LONGEST) return fault(1, 'It is too long for a list of hooks.')
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' })
  const lineAt = (node: unknown) => lines.linePos(startOf(node)).line
  const [error] = document.errors
  if (error) {
    const [what = ''] = error.message.split(/ at line |\n/)
    const tooDeep = error.code === 'RESOURCE_EXHAUSTION'
    return fault(
      error.linePos?.[0].line ?? 1,
      tooDeep ? 'It is nested too deep.' : `It is not valid YAML: ${what}.`,
    )
  }
  const root = document.contents
  if (isEmpty(root)) return nothing()
  if (!isMap(root)) return fault(lineAt(root), 'It is no list of names and values.')
  const events = root.get('hooks', true)
  if (isEmpty(events)) return nothing()
  if (!isMap(events)) return fault(lineAt(events), '`hooks` has no events.')
  const list = nothing()
  for (const event of EVENTS) {
    const entries = entriesOf(events.get(event, true), event, lineAt)
    list.hooks[event] = due(entries)
    list.faults.push(...entries.flatMap(entry => ('hook' in entry ? [] : [entry])))
  }
  return list
}

type Entry = { hook: Hook; priority: number } | { line: number; text: string }

function entriesOf(node: unknown, event: HookEvent, lineAt: (node: unknown) => number): Entry[] {
  if (isEmpty(node)) return []
  if (!isSeq(node))
    return [{ line: lineAt(node), text: `\`${event}\` is no list of hooks. ${UNTOLD}` }]
  return node.items.flatMap(item => hookOf(item, event, lineAt(item)) ?? [])
}

function hookOf(entry: unknown, event: HookEvent, line: number): Entry | undefined {
  if (!isMap(entry)) return { line, text: `An entry of \`${event}\` is no hook.` }
  if (entry.get('enabled') === false) return undefined
  const command = textOf(entry, 'command')
  if (command === '') return { line, text: `A hook of \`${event}\` names no command.` }
  const priority = entry.get('priority')
  return {
    priority: typeof priority === 'number' ? priority : 10,
    hook: {
      extension: textOf(entry, 'extension') || 'an extension without a name',
      command: command.startsWith('/') ? command : `/${command}`,
      // As in spec-kit: what is not said to be mandatory is optional.
      optional: entry.get('optional') !== false,
      conditional: !isEmpty(entry.get('condition', true)),
      prompt: textOf(entry, 'prompt'),
    },
  }
}

function due(entries: readonly Entry[]): Hook[] {
  const hooks = entries.flatMap(entry => ('hook' in entry ? [entry] : []))
  return hooks.toSorted((a, b) => a.priority - b.priority).map(({ hook }) => hook)
}

/** One line, without what a terminal would obey, and no longer than a sentence. */
function textOf(entry: YAMLMap, key: string): string {
  const value = entry.get(key)
  if (typeof value !== 'string') return ''
  return value
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

function isEmpty(node: unknown): boolean {
  if (node === undefined || node === null) return true
  return isScalar(node) && (node.value === null || node.value === '')
}

function startOf(node: unknown): number {
  const range =
    typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
  const start: unknown = Array.isArray(range) ? range[0] : undefined
  return typeof start === 'number' ? start : 0
}

function fault(line: number, text: string): HookList {
  return { ...nothing(), faults: [{ line, text: `${text} ${UNTOLD}` }] }
}

function nothing(): HookList {
  return { hooks: { before_implement: [], after_implement: [] }, faults: [] }
}

const EVENTS = ['before_implement', 'after_implement'] as const
const UNTOLD = 'No hook of it is told.'
const LONGEST = 64 * 1024

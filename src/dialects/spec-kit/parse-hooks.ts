import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'

/** A command that an extension registers for a point of the workflow. */
export interface Hook {
  extension: string
  /** As a slash command. */
  command: string
  optional: boolean
  conditional: boolean
  /** The question for the user; may be empty. */
  prompt: string
}

export interface HookList {
  /** By event, in the order in which they have to run. */
  hooks: Record<HookEvent, Hook[]>
  /** What cannot be read, with 1-based lines. */
  faults: { line: number; text: string }[]
}

type HookEvent = (typeof EVENTS)[number]

/** Parses the enabled hooks before and after implementing. YAML tags and aliases are not resolved, and conditions are not evaluated. */
export function parseHooks(source: string): HookList {
  const lines = new LineCounter()
  if (source.length > MAX_LENGTH) return fault(1, 'The file is too long for a list of hooks.')
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' })
  const lineAt = (node: unknown) => lines.linePos(startOf(node)).line
  const [error] = document.errors
  if (error) {
    const [what = ''] = error.message.split(/ at line |\n/)
    const tooDeep = error.code === 'RESOURCE_EXHAUSTION'
    return fault(
      error.linePos?.[0].line ?? 1,
      tooDeep ? 'The file is nested too deeply.' : `The file is not valid YAML: ${what}.`,
    )
  }
  const root = document.contents
  if (isEmpty(root)) return noHooks()
  if (!isMap(root)) return fault(lineAt(root), 'The file is not a map of names and values.')
  const events = root.get('hooks', true)
  if (isEmpty(events)) return noHooks()
  if (!isMap(events)) return fault(lineAt(events), '`hooks` has no events.')
  const list = noHooks()
  for (const event of EVENTS) {
    const entries = entriesOf(events.get(event, true), event, lineAt)
    list.hooks[event] = byPriority(entries)
    list.faults.push(...entries.flatMap(entry => ('hook' in entry ? [] : [entry])))
  }
  return list
}

type Entry = { hook: Hook; priority: number } | { line: number; text: string }

function entriesOf(node: unknown, event: HookEvent, lineAt: (node: unknown) => number): Entry[] {
  if (isEmpty(node)) return []
  if (!isSeq(node))
    return [{ line: lineAt(node), text: `\`${event}\` is not a list of hooks. ${IGNORED}` }]
  return node.items.flatMap(item => hookOf(item, event, lineAt(item)) ?? [])
}

function hookOf(entry: unknown, event: HookEvent, line: number): Entry | undefined {
  if (!isMap(entry)) return { line, text: `An entry of \`${event}\` is not a hook.` }
  if (entry.get('enabled') === false) return undefined
  const command = textOf(entry, 'command')
  if (command === '') return { line, text: `A hook of \`${event}\` has no command.` }
  const priority = entry.get('priority')
  return {
    priority: typeof priority === 'number' ? priority : 10,
    hook: {
      extension: textOf(entry, 'extension') || 'an unnamed extension',
      command: command.startsWith('/') ? command : `/${command}`,
      // As in spec-kit: a hook is optional unless the file says otherwise.
      optional: entry.get('optional') !== false,
      conditional: !isEmpty(entry.get('condition', true)),
      prompt: textOf(entry, 'prompt'),
    },
  }
}

function byPriority(entries: readonly Entry[]): Hook[] {
  const hooks = entries.flatMap(entry => ('hook' in entry ? [entry] : []))
  return hooks.toSorted((a, b) => a.priority - b.priority).map(({ hook }) => hook)
}

/** One line without control characters, at most 200 characters long. */
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
  return { ...noHooks(), faults: [{ line, text: `${text} ${IGNORED}` }] }
}

function noHooks(): HookList {
  return { hooks: { before_implement: [], after_implement: [] }, faults: [] }
}

const EVENTS = ['before_implement', 'after_implement'] as const
const IGNORED = 'Its hooks are ignored.'
const MAX_LENGTH = 64 * 1024

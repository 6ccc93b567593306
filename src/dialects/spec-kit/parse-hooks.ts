import { isMap, isSeq, type YAMLMap } from 'yaml'
import { isEmpty, parseYamlMap } from '../yaml-map.ts'

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
  if (source.length > MAX_LENGTH) return fault(1, 'The file is too long for a list of hooks.')
  const yaml = parseYamlMap(source, MAX_LENGTH)
  if ('text' in yaml) return fault(yaml.line, yaml.text)
  const { root, lineAt } = yaml
  if (root === undefined) return noHooks()
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

function fault(line: number, text: string): HookList {
  return { ...noHooks(), faults: [{ line, text: `${text} ${IGNORED}` }] }
}

function noHooks(): HookList {
  return { hooks: { before_implement: [], after_implement: [] }, faults: [] }
}

const EVENTS = ['before_implement', 'after_implement'] as const
const IGNORED = 'Its hooks are ignored.'
const MAX_LENGTH = 64 * 1024

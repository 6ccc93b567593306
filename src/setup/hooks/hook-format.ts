import type { JsonValue } from '../text/json-format.ts'
import { readEntry, setEntry } from '../text/json-entry.ts'
import { removeItems, setItem } from '../text/json-list.ts'
import type { Machine } from '../machine.ts'

/** Where a client keeps its hooks, and in which form. */
export interface HookClient {
  /** The name of the client in `clients`. */
  client: string
  projectFile: string
  userFile: (machine: Machine) => string
  /** What the hook command is called with as `--client`. */
  flag: string
  /** The item for each event. */
  events: (command: string) => Readonly<Record<string, JsonValue>>
  /** A version that the file has to name. */
  version?: number
}

/** The text with the hooks of a client. */
export function setHooks(text: string, { events, version }: HookClient, command: string): string {
  const start = version === undefined ? text : withVersion(text, version)
  return Object.entries(events(command)).reduce(
    (after, [event, item]) => setItem(after, ['hooks', event], item, isOurs),
    start,
  )
}

/** The text without the hooks of this program. */
export function removeHooks(text: string, { events }: HookClient): string {
  return Object.keys(events('')).reduce(
    (after, event) => removeItems(after, ['hooks', event], isOurs),
    text,
  )
}

/** The commands of this program's hooks in a text, by event. */
export function hooksIn(text: string, { events }: HookClient): Map<string, string> {
  const found = Object.keys(events('')).flatMap(event => {
    const list = readEntry(text, ['hooks', event])
    const ours = Array.isArray(list) ? list.find(isOurs) : undefined
    const command = ours === undefined ? undefined : commandIn(ours)
    return command === undefined ? [] : [[event, command] as const]
  })
  return new Map(found)
}

function withVersion(text: string, version: number): string {
  return readEntry(text, ['version']) === undefined ? setEntry(text, ['version'], version) : text
}

/** The commands that `hookCommand` makes, and no others. */
const OURS = /(?:\bdist[\\/]+hook\.cjs\b|\bredgreen-mcp hook\b).*--client/

function isOurs(item: unknown): boolean {
  return OURS.test(commandIn(item) ?? '')
}

/** The command of an item, at its top or in its list of handlers. */
function commandIn(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  if ('command' in item && typeof item.command === 'string') return item.command
  if ('bash' in item && typeof item.bash === 'string') return item.bash
  return 'hooks' in item && Array.isArray(item.hooks)
    ? item.hooks.map(commandIn).find(command => command !== undefined)
    : undefined
}

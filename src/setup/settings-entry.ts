import path from 'node:path'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { readConfig } from './config-file.ts'
import { recordedChanges } from './records.ts'
import type { Target } from './targets.ts'
import { readEntry, setEntry } from './text/json-entry.ts'
import type { JsonValue } from './text/json-format.ts'
import { removeEntry } from './text/json-removal.ts'
import type { FileChange } from './text/undo.ts'

/** An entry of the settings that a set-up may write. */
interface SettingsEntry {
  what: Target['what']
  key: readonly [string, ...string[]]
}

const TEST_COMMAND: SettingsEntry = { what: 'test command', key: ['commands', 'tests'] }
const PLAN: SettingsEntry = { what: 'plan', key: ['plan'] }
const DIALECT: SettingsEntry = { what: 'dialect', key: ['dialect'] }

/** The place of a test command in the settings. */
export function testCommandEntry(root: string, value: JsonValue): Target {
  return targetFor(root, TEST_COMMAND, value)
}

/** The place of the plan that a human names. */
export function planEntry(root: string, file: string): Target {
  return targetFor(root, PLAN, file)
}

/** The place of the dialect that decides between plans of several. */
export function dialectEntry(root: string, name: string): Target {
  return targetFor(root, DIALECT, name)
}

/** The same places, as far as an earlier set-up has written them. What a human wrote there stays. */
export function writtenEntries(root: string): Target[] {
  return [TEST_COMMAND, PLAN, DIALECT].flatMap(entry => {
    const target = targetFor(root, entry, {})
    const isOurs = recordedChanges(target.file).some(change => mayBeOf(change, entry))
    return isOurs && target.has(readConfig(target.file) ?? '') ? [target] : []
  })
}

/** Did the change add the entry, or replace something? */
function mayBeOf({ inserted, removed }: FileChange, { key }: SettingsEntry): boolean {
  return removed !== '' || inserted.includes(JSON.stringify(key.at(-1)))
}

function targetFor(root: string, { what, key }: SettingsEntry, value: JsonValue): Target {
  return {
    client: 'settings',
    title: 'Settings',
    what,
    level: 'project',
    file: path.join(root, SETTINGS_FILE),
    set: text => setEntry(text, key, value),
    remove: text => removeEntry(text, key),
    has: text => readEntry(text, key) !== undefined,
    isSet: text => setEntry(text, key, value) === text,
  }
}

import path from 'node:path'
import { parseCommand } from '../runner/command-line.ts'
import { SETTINGS_FILE } from '../store/settings.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { recordedChanges } from './records.ts'
import type { Target } from './targets.ts'
import { readEntry, setEntry } from './text/json-entry.ts'
import type { JsonValue } from './text/json-format.ts'
import { removeEntry } from './text/json-removal.ts'

const KEY = ['commands', 'tests'] as const

/** The place of a test command in the settings, for projects whose test runner is not recognized. */
export function testCommandTarget(root: string, line: string): Target {
  return targetFor(root, settingFor(line))
}

/** The same place, if an earlier set-up has written it. What a human wrote there stays. */
export function writtenTestCommand(root: string): Target[] {
  const target = targetFor(root, {})
  return recordedChanges(target.file).length > 0 ? [target] : []
}

function targetFor(root: string, setting: JsonValue): Target {
  return {
    client: 'settings',
    title: 'Settings',
    what: 'test command',
    level: 'project',
    file: path.join(root, SETTINGS_FILE),
    set: text => setEntry(text, KEY, setting),
    remove: text => removeEntry(text, KEY),
    has: text => readEntry(text, KEY) !== undefined,
    isSet: text => setEntry(text, KEY, setting) === text,
  }
}

/** The setting for a command line. Without a report, only the exit code says whether a file passes. */
function settingFor(line: string): JsonValue {
  const command = parseCommand(line)
  const isPlain = 'argv' in command && command.folder === undefined
  if (!isPlain || command.argv.length === 0 || Object.keys(command.env).length > 0) {
    throw new Refusal(
      'bad_arguments',
      `The test command ${JSON.stringify(line)} is not one program with arguments, so nothing was written.`,
      'Put what needs a shell into a script, and name that, such as "sh test.sh {files}".',
    )
  }
  const { argv } = command
  const namesFiles = argv.some(word => word.includes('{files}'))
  const report = argv.some(word => word.includes('{report}')) ? 'junit' : 'exit-code'
  return { file: namesFiles ? argv : [...argv, '{files}'], report }
}

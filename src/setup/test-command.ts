import { parseCommand } from '../runner/command-line.ts'
import { Refusal } from '../workflow/context/refusal.ts'
import { testCommandEntry } from './settings-entry.ts'
import type { Target } from './targets.ts'
import type { JsonValue } from './text/json-format.ts'

/** The place of a test command in the settings, for projects whose test runner is not recognized. */
export function testCommandTarget(root: string, line: string): Target {
  return testCommandEntry(root, settingFor(line))
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

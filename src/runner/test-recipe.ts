import { lstatSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseCommand } from './command-line.ts'
import { mayExist } from './folder-listings.ts'
import { RECIPE_FILES, recipeIn } from './recipes.ts'

/** How a project tests itself by a recipe of a Makefile or justfile, or with tox. */
export interface TestRecipe {
  /** Variables that it sets for the tests. */
  env: Record<string, string>
  /** The words of its commands. */
  commands: string[][]
}

/**
 * The test recipe of a folder. What only a shell can expand is left out.
 *
 * @param name how values call the folder, such as `.` for a text that is the same in every clone
 */
export function testRecipe(folder: string, name = folder): TestRecipe {
  const read = (file: string) =>
    mayExist(folder, file) ? textOf(path.join(folder, file)) : undefined
  const text = RECIPE_FILES.map(([, file]) => read(file)).find(text => text !== undefined)
  const recipe = readRecipe(text ?? '', name)
  return { ...recipe, env: { ...readTox(read('tox.ini') ?? '', name), ...recipe.env } }
}

/** Reads the recipe `test`, or one such as `check`, with the variables that its file exports. Without a test in it, it says nothing. */
export function readRecipe(text: string, folder: string): TestRecipe {
  const constants = new Map([
    ['CURDIR', folder],
    ['PWD', folder],
  ])
  for (const [, name = '', value = ''] of text.matchAll(CONSTANT)) constants.set(name, value.trim())
  const name = NAMES.find(name => recipeIn(text, name, '.*').length > 0)
  const lines = name === undefined ? [] : joined(recipeIn(text, name, '.*'))
  const commands = lines.flatMap(line => {
    const expanded = withConstants(line.replace(/^[@+-]+/, ''), constants)
    const parsed = parseCommand(expanded.replaceAll('$$', '$'))
    return 'needsShell' in parsed ? [] : [parsed]
  })
  const tests = commands.filter(({ argv }) => TESTS.test(argv.join(' ')))
  if (tests.length === 0) return { env: {}, commands: [] }
  const exported = [...text.matchAll(EXPORT)].flatMap(([, name = '', value = '']) => {
    const expanded = withConstants(value, constants)
    return isPlain(expanded) ? [[name, unquoted(expanded)] as const] : []
  })
  const env = Object.assign({}, Object.fromEntries(exported), ...tests.map(({ env }) => env))
  return { env, commands: tests.map(({ argv }) => argv) }
}

/** The line with each constant that it names; unchanged if it would become very long. */
function withConstants(line: string, constants: ReadonlyMap<string, string>): string {
  const values = [...line.matchAll(REFERENCE)].map(([, round, curly]) =>
    constants.get(round ?? curly ?? ''),
  )
  const length = values.reduce((sum, value) => sum + (value?.length ?? 0), line.length)
  if (length > MAX_CHARACTERS) return line
  return line.replaceAll(REFERENCE, whole => values.shift() ?? whole)
}

/** The variables that `[testenv]` of a tox.ini sets. */
export function readTox(text: string, folder: string): Record<string, string> {
  const [, section = ''] = /^\[testenv\]\s*\n([^]*?)(?=^\[|(?![^]))/m.exec(text) ?? []
  const [, lines = ''] = /^set_?env\s*=([^\n]*(?:\n[ \t]+[^\n]*)*)/m.exec(section) ?? []
  const variables = lines.split('\n').flatMap(line => {
    const [, name, value = ''] = /^\s*(\w+)\s*=(.*)$/.exec(line) ?? []
    const plain = value.trim().replaceAll(/\{(?:toxinidir|tox_root)\}/g, folder)
    return name === undefined || !isPlain(plain) ? [] : [[name, plain] as const]
  })
  return Object.fromEntries(variables)
}

const MAX_BYTES = 100_000
const MAX_CHARACTERS = 10_000
const NAMES = ['test', 'tests', 'check', 'unit', 'unittest', 'unit-test']
const TESTS =
  /\b(pytest|py\.test|unittest|tox|nox|manage\.py|tests?|spec|rspec|nextest|phpunit|prove)\b/
const CONSTANT = /^(\w+)\s*[:?]?=[ \t]*"?([^"\n#]*)"?/gm
const REFERENCE = /\$\((\w+)\)|\{\{\s*(\w+)\s*\}\}/g
const EXPORT = /^export\s+(\w+)\s*[:?]?=[ \t]*(.*)$/gm

function isPlain(value: string): boolean {
  return !/[$`{}]/.test(value)
}

function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/** Lines that end with a backslash continue in the next one. */
function joined(lines: readonly string[]): string[] {
  return lines.join('\n').replaceAll(/\\\n/g, ' ').split('\n')
}

/** Only a regular file of a usual size: a repository may ship a link to a device, or to a file outside. */
function textOf(file: string): string | undefined {
  try {
    const status = lstatSync(file)
    return status.isFile() && status.size <= MAX_BYTES ? readFileSync(file, 'utf8') : undefined
  } catch {
    // A folder without such a file has no recipe.
    return undefined
  }
}

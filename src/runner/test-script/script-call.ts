import { namesOfScripts, scriptOf, type Manifest } from '../manifest.ts'

/** A script of other packages of the workspace. */
export interface WorkspaceCall {
  script: string
  /** Names, paths or patterns of the packages; empty for all that have the script. */
  filters: string[]
}

/** A command that runs scripts: of the same package, or of packages of the workspace. */
export type ScriptCall =
  | {
      names: string[]
      /** Arguments that are added to the script. */
      args: string[]
      /** The command that runs one of them. */
      textFor: (name: string) => string
    }
  | { packages: WorkspaceCall[] }

/** Which scripts a command runs; `undefined` if it runs none. */
export function scriptCall(
  argv: readonly string[],
  manifest: Manifest | undefined,
): ScriptCall | undefined {
  const [program = '', ...rest] = argv
  if (/^(?:run-[sp]|npm-run-all2?)$/.test(program)) return runAll(rest, manifest)
  if (/^(?:turbo|nx|lerna)$/.test(program)) return orchestrated(program, rest)
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(program)) return undefined
  return managed(program, rest, manifest)
}

function runAll(rest: readonly string[], manifest: Manifest | undefined): ScriptCall | undefined {
  const end = rest.indexOf('--')
  const patterns = (end < 0 ? rest : rest.slice(0, end)).filter(word => !word.startsWith('-'))
  const known = namesOfScripts(manifest)
  const names = patterns.flatMap(pattern => {
    const [name = '', ...args] = pattern.split(' ')
    const fits = patternOf(name)
    const found = args.length > 0 ? [] : known.filter(script => fits.test(script))
    return found.length > 0 ? found : [undefined]
  })
  // A pattern that fits nothing, or has arguments, is not read, so the command is not read either.
  if (names.length === 0 || !names.every(name => name !== undefined)) return undefined
  return { names, args: [], textFor: name => `npm run ${name}` }
}

/** `*` stands for a part of a name, `**` for any parts. */
function patternOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*?)/).map(part => {
    if (part === '**') return '.*'
    return part === '*' ? '[^:]*' : part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  })
  return new RegExp(`^${parts.join('')}$`)
}

/** `turbo run build test`, `nx run-many -t lint,test`, `nx run web:test`, `nx test web`, `lerna run test`. */
function orchestrated(program: string, rest: readonly string[]): ScriptCall | undefined {
  const { options, words } = split(rest, ORCHESTRATED_VALUES)
  const filters = valuesOf(options, /^(?:--filter|-F|--scope|-p|--projects?)$/)
  const [first = '', ...others] = words
  const isKnown = /^(?:run|run-many|affected)$/.test(first)
  if (program === 'nx' && !isKnown && first !== '')
    return { packages: [{ script: first, filters: [...filters, ...others] }] }
  // `-t build test` names a second target without an option of its own.
  const targets = [...valuesOf(options, /^(?:-t|--targets?)$/), ...(isKnown ? others : words)]
  if (targets.length === 0) return undefined
  return { packages: targets.map(target => targetCall(program, target, filters)) }
}

const ORCHESTRATED_VALUES = ['--filter', '-F', '--scope', '--target', '--targets', '-t'].concat(
  '-p',
  '--project',
  '--projects',
)

/** In nx, `web:test` is a target of one project. */
function targetCall(program: string, target: string, filters: string[]): WorkspaceCall {
  const [project, script] = program === 'nx' ? target.split(':') : []
  return project !== undefined && script !== undefined
    ? { script, filters: [...filters, project] }
    : { script: target, filters }
}

/** Options of package managers whose value is the next word. */
const OWN_VALUES = ['-w', '--workspace', '--filter', '-F', '--from'].concat(
  '--prefix',
  '-C',
  '--dir',
  '--cwd',
)

function managed(
  program: string,
  rest: readonly string[],
  manifest: Manifest | undefined,
): ScriptCall | undefined {
  const end = rest.indexOf('--')
  const own = ownWords(program, end < 0 ? rest : rest.slice(0, end), manifest)
  const { options, words } = split(own, OWN_VALUES)
  const isEverywhere =
    options.some(([name]) => /^(?:-r|--recursive|-ws|--workspaces)$/.test(name)) ||
    (words[0] === 'workspaces' && /^(?:run|foreach)$/.test(words[1] ?? ''))
  const filters = valuesOf(options, /^(?:-w|--workspace|--filter|-F|--prefix|-C|--dir|--cwd)$/)
  const isOne = program === 'yarn' && words[0] === 'workspace'
  const named = words.filter(
    (word, at) =>
      !/^(?:run|run-script|workspaces|workspace|foreach|exec|recursive)$/.test(word) || at > 2,
  )
  const [first, second] = named
  const script = scriptNamed(isOne ? second : first)
  if (script === undefined || words[0] === 'exec') return undefined
  if (isOne && first !== undefined) return { packages: [{ script, filters: [first] }] }
  if (isEverywhere || filters.length > 0) return { packages: [{ script, filters }] }
  // `bun test` is the test runner of Bun, `yarn jest` a program.
  const isRun = (words[0] ?? '').startsWith('run') || /^(?:test|t|tst)$/.test(words[0] ?? '')
  if (scriptOf({ manifest }, script) === undefined || (program === 'bun' && words[0] === 'test'))
    return undefined
  if (!isRun && program === 'npm') return undefined
  // npm keeps options for itself unless they follow `--`.
  const args = end < 0 ? argsAfter(program, rest, script) : rest.slice(end + 1)
  return { names: [script], args, textFor: name => `${program} run ${name}` }
}

/** The words that the package manager reads itself: of pnpm, Yarn and Bun, those up to the name of the script. */
function ownWords(
  program: string,
  words: readonly string[],
  manifest: Manifest | undefined,
): readonly string[] {
  if (program === 'npm') return words
  const at = words.findIndex(
    word => !word.startsWith('-') && scriptOf({ manifest }, word) !== undefined,
  )
  return at < 0 ? words : words.slice(0, at + 1)
}

/** pnpm, Yarn and Bun pass on what follows the name of the script; npm passes on words that are not options. */
function argsAfter(program: string, rest: readonly string[], script: string): string[] {
  const at = rest.findIndex(word => scriptNamed(word) === script)
  const after = rest.slice(at + 1)
  return program === 'npm' ? after.filter(word => !word.startsWith('-')) : after
}

function scriptNamed(word: string | undefined): string | undefined {
  return word === 't' || word === 'tst' ? 'test' : word
}

function split(
  words: readonly string[],
  values: readonly string[],
): { options: [name: string, value: string | undefined][]; words: string[] } {
  const options: [string, string | undefined][] = []
  const others: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const [, name = '', value] = /^(-[^=]*)(?:=(.*))?$/.exec(word) ?? []
    if (name === '') others.push(word)
    else if (value === undefined && values.includes(name)) options.push([name, words[++at]])
    else options.push([name, value])
  }
  return { options, words: others }
}

function valuesOf(options: readonly [string, string | undefined][], names: RegExp): string[] {
  return options.flatMap(([name, value]) =>
    names.test(name) && value !== undefined ? value.split(',') : [],
  )
}

import path from 'node:path'
import { NODE_VALUES, STARTERS, WRAPPERS } from './programs.ts'
import { RUNNERS } from './runners.ts'
import { type RunnerUse, type Wrapper, splitOptions } from './runner-options.ts'

/** The test runner that a command starts; `undefined` if it starts none that is known. */
export function findRunner(
  argv: readonly string[],
  env: Record<string, string>,
  found: Pick<RunnerUse, 'nodeFlags' | 'wrappers'> & { loader?: string } = {
    nodeFlags: [],
    wrappers: [],
  },
): RunnerUse | undefined {
  const [first = '', ...rest] = argv
  if (first === '') return undefined
  if (/^(?:cross-env(?:-shell)?|env)$/.test(first)) {
    const count = rest.findIndex(word => !ASSIGNMENT.test(word))
    const added = rest.slice(0, Math.max(count, 0)).map(word => splitAssignment(word))
    return findRunner(
      rest.slice(Math.max(count, 0)),
      { ...env, ...Object.fromEntries(added) },
      found,
    )
  }
  const started = afterStarter(argv)
  if (started) return findRunner(started, env, found)
  const wrapped = afterWrapper(argv)
  if (wrapped)
    return findRunner(wrapped.rest, env, {
      ...found,
      wrappers: [...found.wrappers, wrapped.wrapper],
    })
  if (/^(?:node|nodejs|tsx|ts-node|bun)$/.test(path.posix.basename(first)) && !isBunTest(argv))
    return afterNode(first, rest, env, found)
  return runnerNamed(path.posix.basename(first), rest, env, found)
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/

function splitAssignment(word: string): [string, string] {
  const at = word.indexOf('=')
  return [word.slice(0, at), word.slice(at + 1)]
}

function isBunTest([program, word]: readonly string[]): boolean {
  return program === 'bun' && word === 'test'
}

/** What follows `npx`, `pnpm exec` and the like, and their options. */
export function afterStarter(argv: readonly string[]): string[] | undefined {
  const [first = '', second = ''] = argv
  const count = STARTERS.test(first) ? 1 : STARTERS.test(`${first} ${second}`) ? 2 : 0
  if (count > 0) return withoutOptions(argv.slice(count), ['-p', '--package'])
  // `yarn jest` and `pnpm jest` start a program of the package.
  const isManager = /^(?:yarn|pnpm)$/.test(first)
  return isManager && isKnown(second === 'run' ? (argv[2] ?? '') : second)
    ? argv.slice(second === 'run' ? 2 : 1)
    : undefined
}

function isKnown(program: string): boolean {
  return [...RUNNERS.values(), ...WRAPPERS].some(({ programs }) => programs.includes(program))
}

function withoutOptions(words: readonly string[], values: readonly string[]): string[] {
  const [first = ''] = words
  if (first === '--') return words.slice(1)
  if (!first.startsWith('-')) return [...words]
  return withoutOptions(words.slice(values.includes(first) ? 2 : 1), values)
}

function afterWrapper(argv: readonly string[]): { wrapper: Wrapper; rest: string[] } | undefined {
  const [first = '', ...words] = argv
  const program = path.posix.basename(first)
  const syntax = WRAPPERS.find(
    ({ programs, subcommand }) =>
      programs.includes(program) && (subcommand === undefined || words[0] === subcommand),
  )
  if (!syntax) return undefined
  const own = words.slice(syntax.subcommand === undefined ? 0 : 1)
  const rest = withoutOptions(own, syntax.values).slice(syntax.words ?? 0)
  const wrapper = {
    program,
    package: syntax.package ?? program,
    words: words.slice(0, words.length - rest.length),
    coverage: syntax.coverage === true,
  }
  return { wrapper, rest }
}

/** `node [options] --test`, or `node [options] node_modules/.bin/runner`. */
function afterNode(
  program: string,
  words: readonly string[],
  env: Record<string, string>,
  found: Pick<RunnerUse, 'nodeFlags' | 'wrappers'> & { loader?: string },
): RunnerUse | undefined {
  const name = path.posix.basename(program)
  const here = name.startsWith('node') ? found : { ...found, loader: name }
  let at = 0
  while (words[at]?.startsWith('-')) at += NODE_VALUES.includes(words[at] ?? '') ? 2 : 1
  // After the file of a program, an option is the program's own.
  if (words.slice(0, at).includes('--test')) {
    const others = words.filter(word => word !== '--test')
    return useOf('node:test', name, others, env, here)
  }
  const script = words[at]
  const runner = script === undefined ? undefined : programIn(script)
  if (runner === undefined) return undefined
  const nodeFlags = [...found.nodeFlags, ...words.slice(0, at)]
  return findRunner([runner, ...words.slice(at + 1)], env, { ...here, nodeFlags })
}

/** The program behind a path such as `node_modules/.bin/jest` or `./node_modules/mocha/bin/mocha.js`. */
function programIn(file: string): string | undefined {
  return /(?:^|\/)node_modules\/(?:\.bin\/)?(@[\w.-]+\/[\w.-]+|[\w.-]+)/.exec(file)?.[1]
}

function runnerNamed(
  program: string,
  words: readonly string[],
  env: Record<string, string>,
  found: Pick<RunnerUse, 'nodeFlags' | 'wrappers'>,
): RunnerUse | undefined {
  for (const [framework, { programs, subcommand, ignoredSubcommands = [] }] of RUNNERS) {
    if (!programs.includes(program)) continue
    if (subcommand !== undefined && words[0] !== subcommand) continue
    const isSubcommand = words[0] === subcommand || ignoredSubcommands.includes(words[0] ?? '')
    return useOf(framework, program, isSubcommand ? words.slice(1) : words, env, found)
  }
  return undefined
}

function useOf(
  framework: string,
  program: string,
  words: readonly string[],
  env: Record<string, string>,
  found: Pick<RunnerUse, 'nodeFlags' | 'wrappers'> & { loader?: string },
): RunnerUse {
  const syntax = RUNNERS.get(framework)
  const { options, targets } = splitOptions(words, syntax)
  return { framework, program, env, ...found, options, targets, before: [] }
}

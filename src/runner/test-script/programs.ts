/** How a test runner is called in a script. Of its options only those are known that matter here. */
export interface RunnerSyntax {
  /** Programs that start it. */
  programs: readonly string[]
  /** The word that has to follow the program, such as `test`. */
  subcommand?: string
  /** Words that may follow the program and change nothing. */
  ignoredSubcommands?: readonly string[]
  /** Options whose value is the next word. */
  values: readonly string[]
  /** Options that take all following words up to the next option. */
  lists?: readonly string[]
  /** Options that redgreen sets itself, or that would keep the runner from ending: they are left out. */
  dropped: RegExp
  /** Options that choose tests by name. They are left out if tests are requested by name. */
  naming?: RegExp
  /** Options that measure coverage. They are in effect for the full suite only. */
  coverage?: RegExp
}

/** Programs that run another program, whose arguments follow theirs. `values`: options whose value is the next word. */
export interface WrapperSyntax {
  programs: readonly string[]
  subcommand?: string
  values: readonly string[]
  /** npm package, if it differs from the program. */
  package?: string
  /** The number of own words that are not options. */
  words?: number
  /** It measures coverage, so that it is used for the full suite only. */
  coverage?: true
}

export const WRAPPERS: readonly WrapperSyntax[] = [
  {
    programs: ['dotenv'],
    package: 'dotenv-cli',
    values: ['-e', '-v', '-p', '-c'],
  },
  {
    programs: ['dotenvx'],
    package: '@dotenvx/dotenvx',
    subcommand: 'run',
    values: ['-f', '--env-file', '-e', '--env', '-fk', '--env-keys-file'],
  },
  {
    programs: ['env-cmd'],
    values: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'],
  },
  {
    programs: ['c8'],
    coverage: true,
    values: ['-r', '-n', '-x', '-o', '--reporter', '--include', '--exclude', '--src', '--config']
      .concat('-c', '--reports-dir', '--report-dir', '--temp-directory', '--extension')
      .concat('--lines', '--branches', '--functions', '--statements'),
  },
  {
    programs: ['nyc'],
    coverage: true,
    values: ['-r', '-n', '-x', '--reporter', '--include', '--exclude', '--cwd', '--nycrc-path']
      .concat('--report-dir', '--temp-dir', '-t', '--extension', '-e', '--require', '-i')
      .concat('--lines', '--branches', '--functions', '--statements'),
  },
  { programs: ['xvfb-run'], values: ['-n', '-s', '-e', '--server-args', '--server-num'] },
  { programs: ['nice'], values: ['-n'] },
  { programs: ['time'], values: [] },
  { programs: ['timeout'], values: ['-k', '-s'], words: 1 },
]

/** Programs that only start what follows. */
export const STARTERS = /^(?:npx|bunx|pnpx|pnpm dlx|(?:npm|pnpm|yarn|bun) exec|bun x)$/

/** Options of Node whose value is the next word. */
export const NODE_VALUES = ['-r', '--require', '--import', '--loader', '--experimental-loader']
  .concat('-C', '--conditions', '--env-file', '--test-reporter', '--test-reporter-destination')
  .concat('--test-name-pattern', '--test-skip-pattern', '--test-concurrency', '--test-timeout')
  .concat('--test-coverage-include', '--test-coverage-exclude', '--test-coverage-lines')
  .concat('--test-coverage-branches', '--test-coverage-functions', '--test-shard')

/** Programs that check without running tests. Their results are judged elsewhere, or not at all. */
export const CHECKERS =
  /^(?:eslint|prettier|oxlint|oxfmt|biome|xo|standard|ts-standard|semistandard|stylelint|knip|publint|attw|dprint|commitlint|depcheck|madge|size-limit|markdownlint(?:-cli2)?|cspell|jshint|tslint|flow|vue-tsc|svelte-check|tsd|lint-staged|echo|true|exit|:)$/

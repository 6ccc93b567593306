import { NODE_VALUES, type RunnerSyntax } from './programs.ts'

/** The calls of test runners that can be read, by the name of the framework. */
export const RUNNERS: ReadonlyMap<string, RunnerSyntax> = new Map<string, RunnerSyntax>([
  [
    'vitest',
    {
      programs: ['vitest'],
      ignoredSubcommands: ['run', 'watch', 'dev'],
      values: ['-c', '--config', '-r', '--root', '--dir', '--project', '--mode', '--environment']
        .concat('--pool', '--reporter', '--outputFile', '-t', '--testNamePattern', '--shard')
        .concat('--maxWorkers', '--minWorkers', '--exclude', '--testTimeout', '--hookTimeout')
        .concat('--retry', '--bail', '--teardownTimeout', '--maxConcurrency', '--tags-filter'),
      dropped:
        /^(?:--reporter|--outputFile(?:\..*)?|-w|--watch|--ui|--run|--bail|--retry|--no-color|--color|-u|--update|--passWithNoTests|--allowOnly|--silent|--inspect(?:-brk)?|--changed|--open|--api.*)$/,
      naming: /^(?:-t|--testNamePattern)$/,
      coverage: /^--coverage/,
    },
  ],
  [
    'jest',
    {
      programs: ['jest', 'jest-cli'],
      values: ['-c', '--config', '--rootDir', '--env', '--testTimeout', '-w', '--maxWorkers']
        .concat('--preset', '--runner', '--testRunner', '-t', '--testNamePattern', '--shard')
        .concat('--changedSince', '--outputFile', '--coverageDirectory', '--coverageProvider')
        .concat(
          '--globals',
          '--resolver',
          '--seed',
          '--testEnvironment',
          '--testEnvironmentOptions',
        ),
      lists: ['--selectProjects', '--ignoreProjects', '--projects', '--roots', '--reporters']
        .concat('--testMatch', '--testRegex', '--testPathPattern', '--testPathPatterns')
        .concat('--testPathIgnorePatterns', '--setupFiles', '--setupFilesAfterEnv')
        .concat('--coverageReporters', '--collectCoverageFrom', '--moduleDirectories'),
      dropped:
        /^(?:--reporters|--watch|--watchAll|--bail|-b|--ci|--no-ci|--colors?|--no-colors?|--verbose|--silent|--json|--outputFile|--passWithNoTests|-u|--updateSnapshot|-o|--onlyChanged|--lastCommit|--changedSince|-f|--onlyFailures|--runTestsByPath|--notify|--listTests|--detectOpenHandles|--coverageReporters|--coverageDirectory)$/,
      naming: /^(?:-t|--testNamePattern)$/,
      coverage: /^--(?:no-)?(?:coverage|collectCoverage)/,
    },
  ],
  [
    'mocha',
    {
      programs: ['mocha', '_mocha', 'ts-mocha'],
      values: ['-r', '--require', '--config', '--package', '--extension', '--file', '--ignore']
        .concat('--exclude', '--spec', '-t', '--timeout', '-s', '--slow', '-u', '--ui', '-R')
        .concat('--reporter', '-O', '--reporter-option', '--reporter-options', '-g', '--grep')
        .concat('-f', '--fgrep', '-j', '--jobs', '--retries', '--watch-files', '--watch-ignore')
        .concat('-n', '--node-option', '--global', '--globals', '--opts', '--import', '--loader')
        .concat('--experimental-loader', '--conditions', '--project', '--paths'),
      dropped:
        /^(?:-R|--reporter|-O|--reporter-options?|-w|--watch|--watch-files|--watch-ignore|-p|--parallel|--no-parallel|-j|--jobs|-b|--bail|-c|--colors?|--no-colors?|-C|--forbid-only|--dry-run|--growl|--inspect(?:-brk)?)$/,
      naming: /^(?:-g|--grep|-f|--fgrep|-i|--invert)$/,
    },
  ],
  [
    'ava',
    {
      programs: ['ava'],
      values: ['-m', '--match', '-T', '--timeout', '-c', '--concurrency', '--config'].concat(
        '--node-arguments',
      ),
      dropped:
        /^(?:-t|--tap|-v|--verbose|-w|--watch|--fail-fast|-u|--update-snapshots|-T|--timeout|--no-color|--color)$/,
      naming: /^(?:-m|--match)$/,
    },
  ],
  [
    'node:test',
    {
      programs: [],
      values: NODE_VALUES,
      dropped:
        /^(?:--test-reporter|--test-reporter-destination|--watch|--watch-path|--test-force-exit|--test-update-snapshots|--inspect(?:-brk)?)$/,
      naming: /^--test-(?:name|skip)-pattern$/,
      coverage: /^--(?:experimental-test-coverage|test-coverage-.*)$/,
    },
  ],
  [
    'bun test',
    {
      programs: ['bun'],
      subcommand: 'test',
      values: ['-r', '--preload', '--timeout', '--conditions', '--define', '--env-file', '-c']
        .concat('--config', '--tsconfig-override', '--reporter', '--reporter-outfile', '-t')
        .concat(
          '--test-name-pattern',
          '--rerun-each',
          '--coverage-dir',
          '--coverage-reporter',
          '--seed',
        ),
      dropped:
        /^(?:--reporter|--reporter-outfile|--watch|--hot|--bail|-u|--update-snapshots|--only|--pass-with-no-tests)$/,
      naming: /^(?:-t|--test-name-pattern)$/,
      coverage: /^--coverage/,
    },
  ],
  [
    'playwright test',
    {
      programs: ['playwright', '@playwright/test'],
      subcommand: 'test',
      values: ['-c', '--config', '-g', '--grep', '-gv', '--grep-invert', '-j', '--workers']
        .concat('--timeout', '--reporter', '--output', '--retries', '--shard', '--max-failures')
        .concat('--repeat-each', '--trace', '--tsconfig', '--global-timeout', '--test-list'),
      lists: ['--project'],
      dropped:
        /^(?:--reporter|--retries|--output|--max-failures|-x|-u|--update-snapshots|--ui|--ui-.*|--debug|--forbid-only|--pass-with-no-tests|--last-failed|--only-changed|--quiet)$/,
      naming: /^(?:-g|--grep)$/,
    },
  ],
])

import type { RunnerUse } from './runner-options.ts'

/** Does a script of Jest or Vitest run only some of the tests that the runner finds? */
export function selectsTests({
  options,
  targets,
}: Pick<RunnerUse, 'options' | 'targets'>): boolean {
  return targets.length > 0 || options.some(({ name }) => SELECTING.has(plain(name)))
}

/** Both runners take the name of an option in each of these forms: `--testNamePattern`, `--test-name-pattern`. */
function plain(name: string): string {
  return name.replaceAll('-', '').toLowerCase()
}

const SELECTING = new Set(
  ['t', 'testNamePattern', 'shard', 'project', 'projects', 'root', 'r', 'dir', 'exclude']
    .concat('tagsFilter', 'testPathPattern', 'testPathPatterns', 'testPathIgnorePatterns')
    .concat('testMatch', 'testRegex', 'roots', 'rootDir', 'selectProjects', 'ignoreProjects')
    .concat('filter', 'findRelatedTests')
    .map(plain),
)

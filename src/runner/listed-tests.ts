import path from 'node:path'
import type { Framework } from './framework.ts'
import { runProcess } from './run.ts'
import type { RunRequest } from './run-request.ts'
import { useFor, usesIn } from './test-script/package-script.ts'
import type { RunnerUse } from './test-script/runner-options.ts'
import { scriptSetting } from './test-script/script-command.ts'

/** The test files that a runner lists for a package, relative to it or to its folder of tests. Empty if it cannot list them. */
export async function listedTests(
  framework: Framework,
  cwd: string,
  options: Omit<RunRequest, 'argv' | 'cwd'>,
): Promise<string[]> {
  const script = useFor(usesIn(cwd, framework.name), cwd, [])
  const argv = framework.listing?.({ ...NO_TESTS, cwd, root: cwd, script: withoutWrappers(script) })
  if (argv === undefined) return []
  let text = ''
  const { scriptEnv } = scriptSetting(script, cwd)
  await runProcess({ ...options, argv, cwd, scriptEnv, onOutput: part => (text += part) })
  return text.split('\n').flatMap(line => filesIn(line, cwd))
}

const NO_TESTS = { files: [], names: [], report: '', key: '' }

function withoutWrappers(script: RunnerUse | undefined): RunnerUse | undefined {
  return script && { ...script, wrappers: script.wrappers.filter(({ coverage }) => !coverage) }
}

/** A line of a list names a file at its start, alone or before a position and a title: `a.js:3:1 › name`, `[x] › a.js:3:1`. */
function filesIn(line: string, cwd: string): string[] {
  const parts = line
    .replace(/^\s*\[[^\]]*\]\s+(?!›)/, '')
    .split(/ › | > /)
    .map(part => part.trim().replace(/(?::\d+)+$/, ''))
  return parts
    .slice(0, 2)
    .filter(part => /\.\w+$/.test(part))
    .map(part => path.relative(cwd, path.resolve(cwd, part)).split(path.sep).join('/'))
}

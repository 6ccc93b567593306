import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from '../manifest.ts'
import type { RunnerUse } from './runner-use.ts'
import { readTestScript } from './test-script.ts'

/** How the test script of a package calls a framework: once, several times, or not at all. */
export function usesIn(folder: string, framework: string): RunnerUse[] {
  const script = readTestScript(manifestIn(folder))
  return (script?.uses ?? []).filter(use => use.framework === framework)
}

/** The call that goes with these files: the one that names a folder around the first of them, otherwise the first one. */
export function useFor(
  uses: readonly RunnerUse[],
  cwd: string,
  files: readonly string[],
): RunnerUse | undefined {
  const file = path.relative(cwd, files[0] ?? '').split(path.sep).join('/')
  const covers = (target: string) => {
    const folder = path.posix.normalize(target.replace(/[^/]*[*?[{][^]*$/, '')).replace(/\/$/, '')
    return folder !== '.' && (file === folder || file.startsWith(`${folder}/`))
  }
  return uses.find(({ targets }) => targets.some(covers)) ?? uses[0]
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined
  } catch {
    // Without a package.json that can be read there is no script.
    return undefined
  }
}

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { readCmakeTargets, type CmakeTarget } from './cmake-targets.ts'
import { textOfFile } from '../text-file.ts'
import { parseJson } from '../../plan/parse-json.ts'

/** Asks CMake to describe the targets of a build folder when it configures it next. */
export function requestTargets(build: string): void {
  const query = path.join(build, '.cmake/api/v1/query')
  mkdirSync(query, { recursive: true })
  writeFileSync(path.join(query, 'codemodel-v2'), '')
}

/**
 * The programs of a project with their sources and tests: as CMake describes them in a configured build folder, so that loops and
 * patterns of a script count, otherwise as its CMakeLists.txt files name them.
 */
export function builtTargets(build: string, cwd: string): CmakeTarget[] {
  const reply = path.join(build, '.cmake/api/v1/reply')
  const described = namesIn(reply).flatMap(name => {
    if (!name.startsWith('target-')) return []
    // Another process may be writing the description.
    const read = target.safeParse(parseJson(textOfFile(path.join(reply, name))))
    return read.success ? [read.data] : []
  })
  if (described.length === 0) return readCmakeTargets(cwd)
  const tests = testCommands(build)
  return described.map(({ name, artifacts = [], sources = [] }) => {
    const programs = new Set(artifacts.map(({ path: file }) => path.resolve(build, file)))
    return {
      name,
      sources: sources.map(({ path: file }) => path.resolve(cwd, file)),
      tests: tests.flatMap(test =>
        programs.has(path.resolve(build, test.program)) ? [test.name] : [],
      ),
    }
  })
}

const paths = z.array(z.object({ path: z.string() }))
const target = z.object({
  name: z.string(),
  artifacts: paths.optional(),
  sources: paths.optional(),
})

/** The tests that a build folder lists for ctest, and the programs that they run. Each folder is read once. */
function testCommands(
  folder: string,
  read = new Set<string>(),
): { name: string; program: string }[] {
  if (read.has(folder)) return []
  read.add(folder)
  const files = namesIn(folder).filter(name =>
    /^CTestTestfile\.cmake$|_(?:tests|include).*\.cmake$/.test(name),
  )
  const text = files.map(name => textOfFile(path.join(folder, name))).join('\n')
  const calls = text.matchAll(
    /^[ \t]*add_test\(\s*(?:\[=*\[(.*?)\]=*\]|"([^"]*)"|([^\s"]+))\s+(?:\[=*\[(.*?)\]=*\]|"([^"]*)"|([^\s")]+))/gm,
  )
  const own = [...calls].map(([, a, b, c, d, e, f]) => ({
    name: a ?? b ?? c ?? '',
    program: d ?? e ?? f ?? '',
  }))
  const below = [...text.matchAll(/^[ \t]*subdirs\(\s*"?([^")]+)"?\s*\)/gm)]
  return [
    ...own,
    ...below.flatMap(([, name = '']) => testCommands(path.resolve(folder, name), read)),
  ]
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

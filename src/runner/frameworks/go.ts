import path from 'node:path'
import type { Framework, TestRequest } from '../framework.ts'
import { goModules } from './go-modules.ts'
import { isOnPath } from '../program.ts'
import { readGoJson, testFunctions } from '../reports/go-json.ts'
import { FINISHED_TEST } from '../reports/finished-tests.ts'
import { textOfFile } from '../text-file.ts'

/** The test command of Go. */
export const go = {
  name: 'go test',
  language: 'go',
  source: 'stdout',
  detect: view => ['go.mod', 'go.work'].find(view.exists),
  isTest: file => file.endsWith('_test.go'),
  testPatterns: '*_test.go',
  configuration: view => ['go.mod', 'go.work'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  ownName: name => name.split('/').join(' > '),
  command(request) {
    if (!isOnPath('go')) return undefined
    // `-count=1` disables cached results. The server applies its own time limit.
    const flags = ['-json', '-count=1', '-timeout=0', '-failfast=false']
    return { argv: ['go', 'test', ...flags, ...selection(request)], env: {} }
  },
  install: 'Install Go, so that the command go is on the PATH.',
  finishedTest: FINISHED_TEST.goJson,
  parse: readGoJson,
} satisfies Framework

function selection({ cwd, files, names }: TestRequest): string[] {
  if (files.length === 0) {
    const folders = goModules(cwd).map(({ folder }) => path.relative(cwd, folder))
    return folders.map(folder =>
      folder === '' ? './...' : `./${folder.split(path.sep).join('/')}/...`,
    )
  }
  const folders = new Set(files.map(file => path.relative(cwd, path.dirname(file))))
  const packages = [...folders].map(folder => `./${folder.split(path.sep).join('/')}`)
  return [`-run=${patternOf(files, names)}`, ...packages]
}

/** Go runs whole packages, so the test functions of a file are selected by their names, which contain no special characters. */
function patternOf(files: string[], names: string[]): string {
  const all = files.flatMap(file => testFunctions(textOfFile(file)))
  const paths = names.map(name => name.split(' > '))
  const [only] = paths
  if (only && paths.length === 1) return only.map(part => `^${escaped(part)}$`).join('/')
  const requested = new Set(paths.map(([first]) => first ?? ''))
  const chosen = names.length > 0 ? all.filter(name => requested.has(name)) : all
  return `^(${chosen.join('|')})$`
}

function escaped(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}

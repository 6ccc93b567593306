import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Framework, TestRequest } from '../framework.ts'
import { isOnPath } from '../program.ts'
import { readGoJson, testFunctions } from '../reports/go-json.ts'
import { ENDED } from '../reports/count.ts'

/** The test command of Go. */
export const go = {
  name: 'go test',
  language: 'go',
  source: 'stdout',
  detect: view => (view.exists('go.mod') ? 'go.mod' : undefined),
  isTest: file => file.endsWith('_test.go'),
  testPatterns: '*_test.go',
  configuration: view => ['go.mod', 'go.work'].filter(view.exists),
  manifestKeys: [],
  snapshots: () => [],
  command(request) {
    if (!isOnPath('go')) return undefined
    // Results of earlier runs are no evidence; the limit is ours.
    const flags = ['-json', '-count=1', '-timeout=0', '-failfast=false']
    return { argv: ['go', 'test', ...flags, ...selection(request)], env: {} }
  },
  install: 'Install Go, so that the command go is on the PATH.',
  ended: ENDED.goJson,
  parse: readGoJson,
} satisfies Framework

function selection({ cwd, files, names }: TestRequest): string[] {
  if (files.length === 0) return ['./...']
  const folders = new Set(files.map(file => path.relative(cwd, path.dirname(file))))
  const packages = [...folders].map(folder => `./${folder.split(path.sep).join('/')}`)
  return [`-run=${patternOf(files, names)}`, ...packages]
}

/** Go runs packages; the functions of a file are chosen by their names. No name has a character of patterns. */
function patternOf(files: string[], names: string[]): string {
  const all = files.flatMap(file => testFunctions(readFileSync(file, 'utf8')))
  const paths = names.map(name => name.split(' > '))
  const [only] = paths
  if (only && paths.length === 1) return only.map(part => `^${escaped(part)}$`).join('/')
  const wanted = new Set(paths.map(([first]) => first ?? ''))
  const chosen = names.length > 0 ? all.filter(name => wanted.has(name)) : all
  return `^(${chosen.join('|')})$`
}

function escaped(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}

import path from 'node:path'
import { isCode } from '../plan/file-role.ts'
import type { PackageView } from './framework.ts'

/**
 * Files that a test runner loads because its configuration names them, and what they import in turn: relative to the package.
 * Product code is left out, because it is what changes between RED and GREEN, and package.json, whose parts are looked at
 * separately.
 */
export function loadedByConfiguration(
  view: PackageView,
  configuration: readonly string[],
): string[] {
  const loaded = new Set<string>()
  const queue = [...configuration]
  for (const file of queue) {
    if (queue.length > MAX_FILES) break
    for (const other of namedIn(view, file)) {
      if (queue.includes(other) || isProduct(other)) continue
      queue.push(other)
      loaded.add(other)
    }
  }
  return [...loaded].sort()
}

/** Files that the options of a command load, such as `--import ./setup.js`, without product code. Others may be what it writes. */
export function namedInOptions(view: PackageView, words: readonly string[]): string[] {
  const names = words.flatMap((word, at) => {
    const [, value] = LOADS.exec(word) ?? []
    return value === undefined ? [] : [value === '' ? (words[at + 1] ?? '') : value.slice(1)]
  })
  const paths = names.filter(name => /^[\w@.-]*[./][\w@./-]*$/.test(name))
  return [...new Set(paths.flatMap(name => resolved(view, '.', name)))].filter(
    file => !isProduct(file),
  )
}

const LOADS =
  /^(?:-r|-c|--(?:import|require|loader|experimental-loader|config|file|preload|tsconfig|env-file|setup-?files\w*|globalSetup))(=.*|)$/i

/** A bound for configuration that imports a whole program. */
const MAX_FILES = 200

/** The existing files of the package that the text of a file names as modules. */
function namedIn(view: PackageView, file: string): string[] {
  const text = view.read(file)
  if (text === undefined || text.length > MAX_LENGTH) return []
  const folder = path.posix.dirname(file)
  const imports = isCode(file) ? [...text.matchAll(IMPORT)] : []
  const fromFolder = imports.flatMap(([, , name = '']) => resolved(view, folder, name))
  const lists = /\.ya?ml$/.test(file) ? YAML_ITEM : SET_UP
  const setUps = [...text.matchAll(lists), ...text.matchAll(SET_UP)].flatMap(([, list = '']) => [
    ...list.matchAll(NAMED_FILE),
  ])
  const named = setUps.flatMap(([, name = '']) => {
    const inRoot = resolved(view, '.', name.replace('<rootDir>/', ''))
    return inRoot.length > 0 ? inRoot : resolved(view, folder, name)
  })
  return [...new Set([...fromFolder, ...named])]
}

const MAX_LENGTH = 200_000

/** A module in a relative path: `from './a'`, `import './a'`, `import('./a')`, `require('./a')`. */
const IMPORT = /\b(?:from|import|require)\s{0,20}\(?\s{0,20}(['"])(\.{1,2}\/[^'"\n]{1,300})\1/g

/** Options that name files which run with the tests, or that hold a part of the configuration, in JavaScript, JSON, YAML, TOML and XML. */
const SET_UP =
  /\b(?:extends?|inherit_from|preset|setupFiles(?:AfterEnv)?|globalSetup|globalTeardown|testEnvironment|transform|testRunner|runner|resolver|sequencer|snapshotSerializers|require|import|file|preload|bootstrap)['"]?\s{0,20}[:=]\s{0,20}(\[[^\]]{0,2000}\]|\{[^}]{0,2000}\}|[^,\n]{1,300})/g

/** An item of a list that is a relative path. */
const YAML_ITEM = /^[ \t]{0,20}-[ \t]{1,20}['"]?(\.{1,2}\/[\w@./-]{1,300})/gm

/** With an ending, or as a relative path. */
const NAMED_FILE =
  /((?:<rootDir>\/|\.{0,2}\/)?[\w@.-]+(?:\/[\w@.-]+)*\.\w+|\.{1,2}\/[\w@./-]{1,300})/g

/** The file that a name stands for, if it exists in the workspace. */
function resolved(view: PackageView, folder: string, name: string): string[] {
  const file = path.posix.normalize(path.posix.join(folder, name))
  if (file.includes('node_modules/')) return []
  // TypeScript names the file that will be compiled.
  const stem = file.replace(/\.([cm]?)jsx?$/, '')
  const candidates = [
    file,
    ...ENDINGS.map(ending => stem + ending),
    ...ENDINGS.map(ending => file + ending),
  ]
  const found = candidates.find(candidate => isFile(view, candidate))
  return found === undefined ? [] : [found]
}

const ENDINGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json']
  .map(ending => `.${ending}`)
  .concat('/index.ts', '/index.js')

function isFile(view: PackageView, file: string): boolean {
  return path.posix.extname(file) !== '' && view.exists(file) && view.read(file) !== undefined
}

/** Is it in a folder of sources, and not named like test set-up? */
function isProduct(file: string): boolean {
  const name = path.posix.basename(file)
  if (name === 'package.json') return true
  return (
    /^(\.\.\/)*(src|lib|app)\//.test(file) &&
    !/(^|[./_-])(tests?|testing|setup|config|vitest|jest|mocks?)([./_-]|$)/i.test(file)
  )
}

/**
 * What the imports of a package by its own name stand for, by specifier: the entries of `exports` in its package.json. A test
 * that imports its package in this way is decided by them.
 */
export function ownExports(
  manifest: Record<string, unknown> | undefined,
  texts: readonly string[],
): Map<string, string> {
  const name = manifest?.['name']
  const all = manifest?.['exports']
  const found = new Map<string, string>()
  if (typeof name !== 'string' || name === '' || all === undefined) return found
  for (const [, , specifier = ''] of texts.flatMap(text => [...text.matchAll(SPECIFIER)])) {
    if (specifier !== name && !specifier.startsWith(`${name}/`)) continue
    const subpath = `.${specifier.slice(name.length)}`
    found.set(subpath, JSON.stringify(entryFor(all, subpath) ?? null))
  }
  return found
}

const SPECIFIER = /(['"])([@\w][\w@./-]{0,300})\1/g

/** The entry of `exports` for a subpath, as Node chooses it: the exact one, or the longest pattern. */
function entryFor(all: unknown, subpath: string): unknown {
  const entries = typeof all === 'object' && all !== null ? Object.entries(all) : []
  if (!entries.some(([key]) => key.startsWith('.'))) return subpath === '.' ? all : undefined
  const fitting = entries.filter(([key]) => {
    const [before = '', after] = key.split('*')
    if (after === undefined) return key === subpath
    return subpath.startsWith(before) && subpath.endsWith(after)
  })
  const exact = fitting.find(([key]) => key === subpath)
  return (exact ?? fitting.toSorted(([a], [b]) => b.length - a.length)[0])?.[1]
}

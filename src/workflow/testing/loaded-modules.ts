import { existsSync } from 'node:fs'
import path from 'node:path'
import { hasDependency } from '../../runner/manifest.ts'
import { openPackage } from '../../store/package-view.ts'

/** A module that a test file did not find. */
export interface MissingModule {
  /** The test file. */
  from: string
  /** Its path, relative to the workspace, as far as it is known. */
  module: string
}

interface Run {
  tests: readonly { file: string; message?: string | undefined }[]
  loadErrors: readonly { file: string; missing?: string; missingFrom?: string }[]
}

/** The modules of the project that a run did not find, when it loaded a file or within a test. */
export function missingModules({ tests, loadErrors }: Run, root: string): MissingModule[] {
  return [
    ...loadErrors.map(({ file, missing, missingFrom }) =>
      missingFrom === undefined ? { from: file, name: missing } : { from: file, name: undefined },
    ),
    ...tests.map(({ file, message = '' }) => ({ from: file, name: MISSING.exec(message)?.[1] })),
  ].flatMap(({ from, name }) => {
    const module = name === undefined ? undefined : pathOf(name, from, root)
    return module === undefined ? [] : [{ from, module }]
  })
}

const MISSING =
  /(?:Cannot find module|Failed to (?:resolve import|load url)|No module named) ['"]?([^\s'"]+)/

/** JavaScript names a module of the project by a path. Python writes the same for its own modules and for packages. */
function pathOf(name: string, from: string, root: string): string | undefined {
  if (from.endsWith('.py')) return `${name.replace(/^\.\//, '').replaceAll('.', '/')}.py`
  if (name.startsWith('.')) return path.posix.join(path.posix.dirname(from), name)
  return path.isAbsolute(name) ? path.relative(root, name).split(path.sep).join('/') : undefined
}

/** What to do about an npm package that a file needs and that is not installed; `undefined` if none is missing. */
export function packageRemedy(run: Pick<Run, 'loadErrors'>, root: string): string | undefined {
  const name = missingPackage(run, root)
  if (name === undefined) return undefined
  const install = `Install the package ${name}, or do without it.`
  const [{ file } = { file: '' }] = run.loadErrors
  // Some aliases, such as `utils` for `src/utils`, look like a package.
  return isListed(name, file, root)
    ? install
    : `${install} If it is an alias of the project, correct its configuration.`
}

/** Does a package.json list the package: that of the folder of a file, or of a folder above it? */
function isListed(name: string, file: string, root: string): boolean {
  const folders = file.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))
  return folders.some(folder => hasDependency(openPackage(path.join(root, folder)).view, name))
}

/** The package that is missing; `undefined` for an alias of the project, such as `@/a`, `#a` or one of its folders. */
function missingPackage(
  { loadErrors: [first] }: Pick<Run, 'loadErrors'>,
  root: string,
): string | undefined {
  if (!first || first.missingFrom !== undefined || !SCRIPT.test(first.file)) return undefined
  const name = PACKAGE.exec(first.missing ?? '')?.[1]
  return name === undefined || existsSync(path.join(root, name)) ? undefined : name
}

const PACKAGE = /^((?:@[\w.-]+\/)?[a-z\d][\w.-]*)(?:\/|$)/

/** The files of the project that a test file loads by their path or module name. */
export function loadedModules(from: string, text: string, files: readonly string[]): string[] {
  if (from.endsWith('.py')) {
    const modules = [...text.matchAll(PYTHON)].map(([, one, other]) => one ?? other ?? '')
    const names = modules.map(name => name.replaceAll('.', '/'))
    const known = new Set(names.flatMap(name => [name, `src/${name}`]))
    return files.filter(file => file.endsWith('.py') && known.has(withoutExtension(file)))
  }
  const folder = path.posix.dirname(from)
  const names = [...text.matchAll(JAVASCRIPT)].map(([, name = '']) => path.posix.join(folder, name))
  // TypeScript names its own files with the extension of the compiled ones.
  const known = new Set(names.flatMap(name => [name, name.replace(/\.[cm]?js$/, '')]))
  return files.filter(
    file => known.has(file) || (SCRIPT.test(file) && known.has(withoutExtension(file))),
  )
}

const SCRIPT = /\.[cm]?[jt]sx?$/

const JAVASCRIPT = /(?:\bfrom|\bimport\(?|\brequire\()\s{0,20}['"](\.[^'"\n]{1,500})['"]/g
const PYTHON = /^[ \t]*(?:from\s+([\w.]+)\s+import\b|import\s+([\w.]+))/gm

function withoutExtension(file: string): string {
  return file.replace(/(?<=[^/])\.\w+$/, '').replace(/\/(?:index|__init__)$/, '')
}

import { existsSync } from 'node:fs'
import path from 'node:path'

/** A module or export that was missing when a test file was loaded, as that file would name it. */
export interface MissingImport {
  missing: string
  /** The module that lacks it, if an export is missing. */
  missingFrom?: string
}

/** Reads the missing import from a load error of Node (ES modules and CommonJS), Vite, Python, Go, Rust, Java or Kotlin. */
export function findMissingImport(message: string, file: string): MissingImport | undefined {
  const python = pythonMissing(message, file)
  if (python !== undefined) return python
  const missing = EXPORT.exec(message)?.groups ?? COMMONJS_EXPORT.exec(message)?.groups
  if (missing?.['name'] !== undefined)
    return { missing: missing['name'], missingFrom: asImported(missing['module'] ?? '', file) }
  const symbol = GO_SYMBOL.exec(message)?.[1]
  if (symbol !== undefined) return { missing: symbol, missingFrom: './' }
  const item = RUST_ITEM.exec(message)?.[1]
  if (item !== undefined) return { missing: item, missingFrom: './' }
  const java = javaMissing(message, file)
  if (java !== undefined) return java
  const specifier = MODULES.map(pattern => pattern.exec(message)?.[1]).find(found => found)
  if (specifier === undefined) return undefined
  const importer = /^\.{1,2}\//.test(specifier) ? importerIn(message, file) : undefined
  const place = importer === undefined ? specifier : path.resolve(path.dirname(importer), specifier)
  return { missing: asImported(place, file) }
}

/** A member is missing in the class that javac names, and a class or variable in the project, if its own file or package lacks it. */
function javaMissing(message: string, file: string): MissingImport | undefined {
  const kotlin = KOTLIN_NAME.exec(message)?.[1]
  if (kotlin !== undefined) return { missing: kotlin, missingFrom: './' }
  const { kind, name, holder = '' } = JAVA_SYMBOL.exec(message)?.groups ?? {}
  if (name === undefined) return undefined
  const place = /^(?:class|interface|variable \w+ of type) ([\w.$]+)/.exec(holder)?.[1] ?? ''
  const type = place.split('.').at(-1) ?? ''
  const isMember = kind === 'method' || kind === 'constructor' || kind === 'variable'
  const isElsewhere = isMember && type !== '' && type !== path.parse(file).name
  return { missing: name, missingFrom: isElsewhere ? place : './' }
}

/** The absolute path of the module that has the import: the test file, or one that it loads. */
function importerIn(message: string, file: string): string | undefined {
  const importer = IMPORTERS.map(pattern => pattern.exec(message)?.[1]).find(found => found)
  if (importer === undefined || path.isAbsolute(importer)) return importer
  return foldersAbove(file)
    .map(folder => path.join(folder, importer))
    .find(candidate => existsSync(candidate))
}

/** Python names modules with dots. The names of the project's own modules are turned into relative paths. */
function pythonMissing(message: string, file: string): MissingImport | undefined {
  const symbol = /ImportError: cannot import name '([^']+)' from '([^']+)'/.exec(message)
  const module = symbol?.[2] ?? /No module named '([^']+)'/.exec(message)?.[1]
  if (module === undefined) return undefined
  const modulePath = ownModule(module.split('.'), file) ?? module
  const name = symbol?.[1]
  return name === undefined ? { missing: modulePath } : { missing: name, missingFrom: modulePath }
}

function ownModule(parts: string[], file: string): string | undefined {
  const [first = ''] = parts
  const isOwn = foldersAbove(file).some(folder =>
    [first, `${first}.py`, `src/${first}`, `src/${first}.py`].some(name =>
      existsSync(path.join(folder, name)),
    ),
  )
  return isOwn ? `./${parts.join('/')}` : undefined
}

/** The nearest folders above a test file, which include the folders of its project. */
function foldersAbove(file: string, count = 6): string[] {
  const folder = path.dirname(file)
  return count === 0 || folder === file || !path.isAbsolute(file)
    ? []
    : [folder, ...foldersAbove(folder, count - 1)]
}

const EXPORT =
  /requested module '(?<module>[^']+)' does not provide an export named '(?<name>[^']+)'/
const COMMONJS_EXPORT =
  /Named export '(?<name>[^']+)' not found\. The requested module '(?<module>[^']+)'/

/** Go names a missing identifier of the same package without a dot. */
const GO_SYMBOL = /^undefined: (\w+)$/m

/** Rust's message for a missing item in a crate of the project. A missing item in a dependency looks different. */
const RUST_ITEM = /^cannot find \w+(?: \w+)? `(\w+)` in (?:the crate root|crate `\w+`|this scope)/

/** What javac says of a missing name, with the symbol and its place in the same line. */
const JAVA_SYMBOL =
  /^cannot find symbol: (?<kind>\w+) (?:<[^>\n]*>)?(?<name>[\w$]+)(?:[^\n]*? in (?<holder>\S[^\n]*))?/

const KOTLIN_NAME = /^Unresolved reference:? '?(\w+)/

const MODULES = [
  /Cannot find (?:module|package) '([^']+)'/,
  /Failed to resolve import "([^"]+)"/,
  /Failed to load url (\S+) \(/,
  /MissingImport "([^"]+)" specifier in/,
  /No such built-in module: (\S+)/,
  /Directory import '([^']+)' is not supported/,
]

const IMPORTERS = [
  /imported from '?([^'\n]+?)'?$/m,
  /^Require stack:\n- (\S[^\n]*)/m,
  /Failed to resolve import "[^"]+" from "([^"]+)"/,
  /\(resolved id: [^\n]*\) in ([^\n]+?)\.?$/m,
]

/** Turns the absolute path that Node reports into the relative specifier of the importing file. */
function asImported(specifier: string, importer: string): string {
  if (!path.isAbsolute(specifier)) return specifier
  const relative = path.relative(path.dirname(importer), specifier).split(path.sep).join('/')
  return relative.startsWith('.') ? relative : `./${relative}`
}

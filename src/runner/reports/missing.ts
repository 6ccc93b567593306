import { existsSync } from 'node:fs'
import path from 'node:path'

/** What could not be found when a file was loaded, as the importing file names it. */
export interface Missing {
  missing: string
  /** The module that lacks it, where an export is missing. */
  missingFrom?: string
}

/** Reads a loader's message: Node's for ES modules and CommonJS, Vite's for both of its ways, Python's, Go's and Rust's. */
export function findMissing(message: string, file: string): Missing | undefined {
  const python = pythonMissing(message, file)
  if (python !== undefined) return python
  const lacking = EXPORT.exec(message)?.groups ?? COMMONJS_EXPORT.exec(message)?.groups
  if (lacking?.['name'] !== undefined)
    return { missing: lacking['name'], missingFrom: asImported(lacking['module'] ?? '', file) }
  const symbol = GO_SYMBOL.exec(message)?.[1]
  if (symbol !== undefined) return { missing: symbol, missingFrom: './' }
  const item = RUST_ITEM.exec(message)?.[1]
  if (item !== undefined) return { missing: item, missingFrom: './' }
  const specifier = MODULES.map(pattern => pattern.exec(message)?.[1]).find(found => found)
  if (specifier === undefined) return undefined
  const importer = /imported from '?([^'\n]+?)'?$/.exec(message)?.[1]
  return { missing: asImported(specifier, importer ?? file) }
}

/** Python names modules by dots: those below a folder of the project become paths, as its own. */
function pythonMissing(message: string, file: string): Missing | undefined {
  const symbol = /ImportError: cannot import name '([^']+)' from '([^']+)'/.exec(message)
  const module = symbol?.[2] ?? /No module named '([^']+)'/.exec(message)?.[1]
  if (module === undefined) return undefined
  const place = ownModule(module.split('.'), file) ?? module
  const name = symbol?.[1]
  return name === undefined ? { missing: place } : { missing: name, missingFrom: place }
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

/** The folders of a test file's project are not many above it. */
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

/** Go names what its own package lacks without a dot. */
const GO_SYMBOL = /^undefined: (\w+)$/

/** Rust names what a crate of the project lacks; what another crate lacks cannot be told apart, and is not named. */
const RUST_ITEM = /^cannot find \w+(?: \w+)? `(\w+)` in (?:the crate root|crate `\w+`|this scope)/

const MODULES = [
  /Cannot find (?:module|package) '([^']+)'/,
  /Failed to resolve import "([^"]+)"/,
  /Failed to load url (\S+) \(/,
  /Missing "([^"]+)" specifier in/,
  /No such built-in module: (\S+)/,
  /Directory import '([^']+)' is not supported/,
]

/** Node names the absolute path that it looked for; the importing file said `../src/it.js`. */
function asImported(specifier: string, importer: string): string {
  if (!path.isAbsolute(specifier)) return specifier
  const relative = path.relative(path.dirname(importer), specifier).split(path.sep).join('/')
  return relative.startsWith('.') ? relative : `./${relative}`
}

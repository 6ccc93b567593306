import path from 'node:path'

/** What could not be found when a file was loaded, as the importing file names it. */
export interface Missing {
  missing: string
  /** The module that lacks it, where an export is missing. */
  missingFrom?: string
}

/** Reads a loader's message: Node's for ES modules and CommonJS, Vite's for both of its ways. */
export function findMissing(message: string, file: string): Missing | undefined {
  const lacking = EXPORT.exec(message)?.groups ?? COMMONJS_EXPORT.exec(message)?.groups
  if (lacking?.['name'] !== undefined)
    return { missing: lacking['name'], missingFrom: asImported(lacking['module'] ?? '', file) }
  const symbol = GO_SYMBOL.exec(message)?.[1]
  if (symbol !== undefined) return { missing: symbol, missingFrom: './' }
  const specifier = MODULES.map(pattern => pattern.exec(message)?.[1]).find(found => found)
  if (specifier === undefined) return undefined
  const importer = /imported from '?([^'\n]+?)'?$/.exec(message)?.[1]
  return { missing: asImported(specifier, importer ?? file) }
}

const EXPORT =
  /requested module '(?<module>[^']+)' does not provide an export named '(?<name>[^']+)'/
const COMMONJS_EXPORT =
  /Named export '(?<name>[^']+)' not found\. The requested module '(?<module>[^']+)'/

/** Go names what its own package lacks without a dot. */
const GO_SYMBOL = /^undefined: (\w+)$/

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

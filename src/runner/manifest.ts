import type { PackageView } from './framework.ts'

/** Parsed `package.json`. */
export type Manifest = NonNullable<PackageView['manifest']>

/** What the functions here need of a package. */
type HasManifest = Pick<PackageView, 'manifest'>

/** Does package.json list the package among its dependencies of any kind? */
export function hasDependency(view: HasManifest, name: string): boolean {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].some(
    group => entryOf(view, group, name) !== undefined,
  )
}

/** What in package.json identifies a test runner, as a phrase: a key of its own, a dependency or the script `test`. */
export function findInManifest(
  view: HasManifest,
  name: string,
  dependency = name,
): string | undefined {
  if (view.manifest?.[name] !== undefined) return `"${name}" in package.json`
  if (hasDependency(view, dependency)) return `${dependency} among the dependencies in package.json`
  const isInScript = new RegExp(String.raw`\b${name}\b`).test(scriptOf(view, 'test') ?? '')
  return isInScript ? `${name} in the script "test" of package.json` : undefined
}

/** The names of the scripts of package.json. */
export function namesOfScripts(manifest: Manifest | undefined): string[] {
  const scripts = manifest?.['scripts']
  return typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : []
}

/** The text of a script of package.json. */
export function scriptOf(view: HasManifest, name: string): string | undefined {
  const script = entryOf(view, 'scripts', name)
  return typeof script === 'string' ? script : undefined
}

/** The scripts of package.json by name. */
export function scriptsOf(view: PackageView): Record<string, string> {
  const scripts = view.manifest?.['scripts']
  const entries = typeof scripts === 'object' && scripts !== null ? Object.entries(scripts) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Matches the import of a package in a JavaScript file. The name must not contain special characters of patterns. */
export function importPattern(name: string): RegExp {
  return new RegExp(String.raw`\b(?:from|import|require\()\s*['"]${name}['"]`)
}

function entryOf(view: HasManifest, group: string, name: string): unknown {
  const entries = view.manifest?.[group]
  if (typeof entries !== 'object' || entries === null || !Object.hasOwn(entries, name))
    return undefined
  const entry: unknown = Reflect.get(entries, name)
  return entry
}

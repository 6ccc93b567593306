import type { PackageView } from './framework.ts'

/** Does package.json name the package among its dependencies of any kind? */
export function dependsOn(view: PackageView, name: string): boolean {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].some(
    group => entryOf(view, group, name) !== undefined,
  )
}

/** What of package.json speaks for a test runner, as a phrase: a part of its own, a dependency, the script `test`. */
export function namedIn(view: PackageView, name: string, dependency = name): string | undefined {
  if (view.manifest?.[name] !== undefined) return `"${name}" in package.json`
  if (dependsOn(view, dependency)) return `${dependency} among the dependencies in package.json`
  const isRun = new RegExp(String.raw`\b${name}\b`).test(scriptOf(view, 'test') ?? '')
  return isRun ? `${name} in the script "test" of package.json` : undefined
}

/** The text of a script of package.json. */
export function scriptOf(view: PackageView, name: string): string | undefined {
  const script = entryOf(view, 'scripts', name)
  return typeof script === 'string' ? script : undefined
}

/** The import of a package in the text of a JavaScript file; the name holds no character of patterns. */
export function importOf(name: string): RegExp {
  return new RegExp(String.raw`\b(?:from|import|require\()\s*['"]${name}['"]`)
}

function entryOf(view: PackageView, group: string, name: string): unknown {
  const entries = view.manifest?.[group]
  if (typeof entries !== 'object' || entries === null || !Object.hasOwn(entries, name))
    return undefined
  const entry: unknown = Reflect.get(entries, name)
  return entry
}

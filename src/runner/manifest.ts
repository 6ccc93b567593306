import type { PackageView } from './framework.ts'

/** Does package.json name the package among its dependencies of any kind? */
export function dependsOn(view: PackageView, name: string): boolean {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].some(
    group => entryOf(view, group, name) !== undefined,
  )
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

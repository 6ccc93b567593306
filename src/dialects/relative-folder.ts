/**
 * A folder that a configuration names, relative to its project, without `./` and slashes at its end; empty if it is outside of the project.
 */
export function relativeFolder(named: string): string {
  const path = named.replaceAll('\\', '/').replace(/^(\.\/)+|\/+$/g, '')
  return /^\/|(^|\/)\.\.(\/|$)/.test(path) ? '' : path
}

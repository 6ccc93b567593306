import { existsSync } from 'node:fs'
import path from 'node:path'
import type { PackageView, TestRequest } from '../framework.ts'
import { packageRoot } from '../package-root.ts'
import { isOnPath } from '../program.ts'

/** The command that runs a Ruby program: through Bundler if the project has a Gemfile.lock. */
export function rubyCommand(name: string, { cwd }: TestRequest): string[] | undefined {
  if (existsSync(path.join(cwd, 'Gemfile.lock')) && isOnPath('bundle'))
    return ['bundle', 'exec', name]
  return isOnPath(name) ? [name] : undefined
}

/** Path of a built Ruby reporter. */
export function rubyReporter(name: string): string {
  return path.join(packageRoot(), 'dist', 'reporters', 'ruby', `${name}.rb`)
}

/** The file that lists a gem as a dependency, as a phrase; `undefined` if none does. */
export function findGem(view: PackageView, gem: string): string | undefined {
  const files = [
    'Gemfile',
    'Gemfile.lock',
    ...view.names().filter(name => name.endsWith('.gemspec')),
  ]
  const file = files.find(file => (view.read(file) ?? '').split(/[^\w-]+/).includes(gem))
  return file && `${gem} in ${file}`
}

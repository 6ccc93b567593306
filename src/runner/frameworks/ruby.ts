import { existsSync } from 'node:fs'
import path from 'node:path'
import type { PackageView, TestRequest } from '../framework.ts'
import { packageRoot } from '../package-root.ts'
import { isOnPath } from '../program.ts'

/** A program of Ruby as the project runs it: through Bundler where there is a Gemfile.lock. */
export function rubyCommand(name: string, { cwd }: TestRequest): string[] | undefined {
  if (existsSync(path.join(cwd, 'Gemfile.lock')) && isOnPath('bundle'))
    return ['bundle', 'exec', name]
  return isOnPath(name) ? [name] : undefined
}

/** A file of our reporters for Ruby, as they are built. */
export function rubyReporter(name: string): string {
  return path.join(packageRoot(), 'dist', 'reporters', 'ruby', `${name}.rb`)
}

/** Do the files that name a Ruby package's dependencies name this gem? */
export function hasGem(view: PackageView, gem: string): string | undefined {
  const files = [
    'Gemfile',
    'Gemfile.lock',
    ...view.names().filter(name => name.endsWith('.gemspec')),
  ]
  const file = files.find(file => (view.read(file) ?? '').split(/[^\w-]+/).includes(gem))
  return file && `${gem} in ${file}`
}

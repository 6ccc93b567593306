import { copyFileSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { git } from '../git.ts'
import type { Workspace } from '../workspace.ts'

/** A temporary checkout: its folder, and the path of the workspace in it. */
interface CheckoutFolder {
  folder: string
  root: string
}

export interface LinkedDependencies {
  /** Whether there were any dependencies. */
  linked: boolean
  /** What git ignores and the checkout does not have, such as `dist`, without caches. */
  leftOut: string[]
}

/**
 * Gives a temporary checkout what git does not have and tests need: installed dependencies (linked, never copied) and small files of
 * the developer, such as `.env.test`. Build output is left out, because it was made from other sources.
 */
export async function linkDependencies(
  workspace: Workspace,
  checkout: CheckoutFolder,
): Promise<LinkedDependencies> {
  let linked = false
  const ignored = await ignoredPaths(workspace)
  const isUsed = (name: string) => isLinked(workspace, name)
  for (const { from, to } of linkedPaths(workspace, checkout, ignored.filter(isUsed))) {
    if (exists(to) || !exists(path.dirname(to))) continue
    const name = path.basename(from)
    linked ||= DEPENDENCIES.has(name)
    if (name === 'node_modules') linkModules(from, to, { workspace, checkout })
    else if (name === 'vendor' && exists(path.join(from, 'composer')))
      linkVendor(from, to, { workspace, checkout })
    else if (isSmallFile(from)) copyFileSync(from, to)
    else symlinkSync(from, to, 'junction')
  }
  return { linked, leftOut: ignored.filter(name => !isUsed(name) && !CACHE.test(name)) }
}

interface DependencyLink {
  from: string
  to: string
}

function linkedPaths(
  workspace: Workspace,
  { folder, root }: CheckoutFolder,
  names: readonly string[],
): DependencyLink[] {
  const own = names.map(name => ({
    from: path.join(workspace.root, name),
    to: path.join(root, name),
  }))
  return [...own, ...above(workspace, folder, root)]
}

async function ignoredPaths(workspace: Workspace): Promise<string[]> {
  const command = 'ls-files -z -o -i --exclude-standard --directory'.split(' ')
  return ((await git(workspace, command)) ?? '')
    .split('\0')
    .map(name => name.replace(/\/$/, ''))
    .filter(name => name !== '')
}

/** For a workspace that is a package of a monorepo: dependencies, shared configuration and other packages around it. */
function above(workspace: Workspace, folder: string, root: string): DependencyLink[] {
  const links: DependencyLink[] = []
  let from = workspace.root
  let to = root
  while (path.dirname(to) !== folder) {
    const own = path.basename(from)
    from = path.dirname(from)
    to = path.dirname(to)
    for (const name of readdirSync(from)) {
      if (name === own || name === '.git' || name === '.redgreen') continue
      links.push({ from: path.join(from, name), to: path.join(to, name) })
    }
  }
  return links
}

const DEPENDENCIES = new Set(
  'node_modules .venv venv env vendor .bundle bower_components .yarn .pnpm-store deps'.split(' '),
)
const SMALL = 1024 * 1024
const OUTPUT = /\.(log|tmp|pid|lock|swp)$|(^|\/)\.DS_Store$/

/** Caches of tools, which no test needs. */
const CACHE =
  /(^|\/)(\.redgreen|\.git|coverage|__pycache__|[\w.-]+\.egg-info|\.(cache|nyc_output|pytest_cache|mypy_cache|ruff_cache|hypothesis|idea|vscode|DS_Store))(\/|$)|\.(log|tmp|pid|lock|swp|py[co]|tsbuildinfo)$/

function isLinked(workspace: Workspace, name: string): boolean {
  if (name === '.redgreen' || name.startsWith('.redgreen/')) return false
  const stat = lstatSync(path.join(workspace.root, name), { throwIfNoEntry: false })
  if (!stat) return false
  if (stat.isFile()) return stat.size <= SMALL && !OUTPUT.test(name)
  return DEPENDENCIES.has(path.posix.basename(name))
}

/**
 * Packages of the workspace that are linked into `node_modules` have to point into the checkout. Otherwise its tests would run against
 * the current sources.
 */
function linkModules(from: string, to: string, places: Places): void {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    if (CACHES.has(name)) continue
    const [source, target] = [path.join(from, name), path.join(to, name)]
    const scope = name.startsWith('@') && lstatSync(source).isDirectory()
    if (scope) linkModules(source, target, places)
    else symlinkSync(redirected(source, places), target, 'junction')
  }
}

/**
 * Composer's autoloader finds the project's own classes from its own real path, so it is copied. Packages are linked, those of the
 * workspace into the checkout.
 */
function linkVendor(from: string, to: string, places: Places): void {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)]
    const stat = lstatSync(source)
    if (name === 'composer' || name === 'bin') copyFiles(source, target, places)
    else if (stat.isDirectory()) linkFolder(source, target, places)
    else if (stat.isFile()) copyFileSync(source, target)
  }
}

/** Copies the files of a folder and links what else it has. */
function copyFiles(from: string, to: string, places: Places): void {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)]
    if (lstatSync(source).isFile()) copyFileSync(source, target)
    else symlinkSync(redirected(source, places), target, 'junction')
  }
}

function linkFolder(from: string, to: string, places: Places): void {
  mkdirSync(to)
  for (const name of readdirSync(from))
    symlinkSync(redirected(path.join(from, name), places), path.join(to, name), 'junction')
}

interface Places {
  workspace: Workspace
  checkout: CheckoutFolder
}

const CACHES = new Set(['.cache', '.vite', '.vitest', '.vite-temp'])

function redirected(source: string, { workspace, checkout }: Places): string {
  if (!lstatSync(source).isSymbolicLink()) return source
  const target = path.resolve(path.dirname(source), readlinkSync(source))
  const relative = path.relative(workspace.root, target)
  const isOwn = !relative.startsWith('..') && !path.isAbsolute(relative)
  return isOwn &&
    !relative.split(path.sep).some(part => part === 'node_modules' || part === 'vendor')
    ? path.join(checkout.root, relative)
    : target
}

function isSmallFile(place: string): boolean {
  const stat = lstatSync(place)
  return stat.isFile() && stat.size <= SMALL
}

function exists(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined
}

import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { PackageView } from '../runner/framework.ts'
import { usesOutermostManifest, languageOf, manifestNames } from '../runner/languages.ts'
import { mayExist } from '../runner/folder-listings.ts'
import { readBytes } from './read-file.ts'
import { cachedForTurn } from './turn-cache.ts'
import type { Workspace } from './workspace.ts'

/** A package of the workspace, for detection. */
export interface Package {
  /** Absolute folder. */
  folder: string
  view: PackageView
}

/**
 * The package that a file (relative path) belongs to: the nearest folder above it with a manifest of the file's own
 * language, else the root.
 */
export function packageOf(workspace: Workspace, file: string): Package {
  const [nearest = rootPackage(workspace)] = packagesAround(workspace, file)
  return nearest
}

/** The packages that a file (relative path) is in, beginning with the one that it belongs to. */
export function packagesAround(workspace: Workspace, file: string): Package[] {
  const language = languageOf(file) ?? 'javascript'
  const folders = foldersAbove(workspace.root, path.join(workspace.root, file))
  const packages = folders.filter(folder => hasOneOf(folder, manifestNames(language)))
  return (usesOutermostManifest(language) ? packages.toReversed() : packages).map(openPackage)
}

/** The package at the root of the workspace. */
export function rootPackage(workspace: Workspace): Package {
  return rootOf({ workspace })
}

const rootOf = cachedForTurn(({ workspace }: { workspace: Workspace }) => {
  const { folder, view } = openPackage(workspace.root)
  const names = cachedForTurn((_asked: { workspace: Workspace }) => view.names())
  return { folder, view: { ...view, names: () => names({ workspace }) } }
})

/** From the file's own folder up to the root. */
function foldersAbove(root: string, file: string): string[] {
  const folder = path.dirname(file)
  return folder === root || path.dirname(folder) === folder
    ? [root]
    : [folder, ...foldersAbove(root, folder)]
}

function hasOneOf(folder: string, manifests: readonly string[]): boolean {
  return manifests.some(name =>
    name.startsWith('*')
      ? namesIn(folder).some(other => other.endsWith(name.slice(1)))
      : mayExist(folder, name) && isFile(path.join(folder, name)),
  )
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    // A folder that may not be read has no manifest for the server.
    return false
  }
}

/** The package in an absolute folder. */
export function openPackage(folder: string): Package {
  return {
    folder,
    view: {
      manifest: readManifest(folder),
      exists: relative => mayExist(folder, relative) && existsSync(path.join(folder, relative)),
      read: relative =>
        mayExist(folder, relative)
          ? readBytes(path.join(folder, relative))?.toString('utf8')
          : undefined,
      names: () => namesIn(folder),
    },
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    // A folder that does not exist yet is empty.
    return []
  }
}

function readManifest(folder: string): Record<string, unknown> | undefined {
  if (!mayExist(folder, 'package.json')) return undefined
  const text = readBytes(path.join(folder, 'package.json'))?.toString('utf8')
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

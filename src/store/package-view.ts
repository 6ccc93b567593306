import { statSync } from 'node:fs'
import path from 'node:path'
import type { PackageView } from '../runner/framework.ts'
import { readBytes } from './files.ts'
import type { Workspace } from './workspace.ts'

/** A package of the workspace, for detection. */
export interface Package {
  /** Absolute folder. */
  folder: string
  view: PackageView
}

/** The package that a file (relative path) belongs to: the nearest folder above it with a package.json, else the root. */
export function packageOf(workspace: Workspace, file: string): Package {
  let folder = path.dirname(path.join(workspace.root, file))
  while (folder !== workspace.root && readBytes(path.join(folder, 'package.json')) === undefined) {
    folder = path.dirname(folder)
  }
  return openPackage(folder)
}

/** The package at the root of the workspace. */
export function rootPackage(workspace: Workspace): Package {
  return openPackage(workspace.root)
}

function openPackage(folder: string): Package {
  return {
    folder,
    view: {
      manifest: readManifest(folder),
      exists: relative =>
        statSync(path.join(folder, relative), { throwIfNoEntry: false }) !== undefined,
    },
  }
}

function readManifest(folder: string): Record<string, unknown> | undefined {
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

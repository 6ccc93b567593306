import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { parseJson } from '../../plan/parse-json.ts'
import type { Tree } from '../tree.ts'
import { toSlashes, type Workspace } from '../workspace.ts'

/**
 * References through which tests in a checkout would load current sources of the workspace, as phrases: a configuration with the absolute
 * path of the workspace, or a linked package that is part of it.
 */
export function referencesToWorkspace(workspace: Workspace, root: string, tree: Tree): string[] {
  const files = Object.keys(tree.files).filter(file => !isInstalled(file))
  const configured = files.filter(isConfiguration).flatMap(file => {
    const place = placesIn(textOf(path.join(root, file)), workspace.root).find(
      name => !isInstalled(name),
    )
    return place === undefined ? [] : [`${file} names ${path.join(workspace.root, place)}`]
  })
  return [...configured, ...packagesInWorkspace(workspace, root, files)]
}

/** Packages of the workspace whose link in `node_modules` leads to the workspace. */
function packagesInWorkspace(
  workspace: Workspace,
  root: string,
  files: readonly string[],
): string[] {
  const manifests = files.filter(file => path.posix.basename(file) === 'package.json')
  const names = manifests.flatMap(file => {
    const read = MANIFEST.safeParse(parseJson(textOf(path.join(root, file))))
    return read.success ? [read.data.name] : []
  })
  return manifests.flatMap(file => {
    const folder = path.posix.join(path.posix.dirname(file), 'node_modules')
    return names.flatMap(name => {
      const place = realPath(path.join(root, folder, name))
      const relative = place === undefined ? '..' : path.relative(workspace.root, place)
      const isBack = !relative.startsWith('..') && !path.isAbsolute(relative)
      return isBack && !isInstalled(toSlashes(relative))
        ? [`${folder}/${name} leads to ${place}`]
        : []
    })
  })
}

const MANIFEST = z.object({ name: z.string() })

/** Paths in a text that are below a folder, relative to it. */
function placesIn(text: string, folder: string): string[] {
  return text
    .split(`${folder}/`)
    .flatMap((rest, at, parts) => (at > 0 && !endsInPath(parts[at - 1] ?? '') ? [rest] : []))
    .map(rest => /^[^\s"'`,;)\]}]*/.exec(rest)?.[0] ?? '')
}

/** Whether the text that follows is the rest of a longer path or address, such as `/app` in `<rootDir>/src/app`. */
function endsInPath(text: string): boolean {
  return /[\w.$>@-]$/.test(text)
}

function isInstalled(file: string): boolean {
  return INSTALLED.test(file)
}

function isConfiguration(file: string): boolean {
  return CONFIGURATION.test(file)
}

const INSTALLED = /(^|\/)(node_modules|\.?venv|env|vendor|site-packages|\.bundle|\.yarn|deps)(\/|$)/
const CONFIGURATION =
  /(^|\/)(go\.(mod|work)|Cargo\.toml|\.cargo\/config(\.toml)?|Gemfile|[^/]+\.gemspec|composer\.json|package\.json|tsconfig[^/]*\.json|jsconfig\.json|pyproject\.toml|setup\.(cfg|py)|pytest\.ini|tox\.ini|[^/]+\.config\.[cm]?[jt]s|\.mocharc\.\w+|phpunit\.xml(\.dist)?)$/

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
}

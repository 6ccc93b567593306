import path from 'node:path'
import { hashOf, sha256 } from '../../evidence/chain.ts'
import { isTestSupport } from '../../plan/file-role.ts'
import {
  loadedByConfiguration,
  namedInOptions,
  ownExports,
} from '../../runner/configuration-graph.ts'
import { recipeFeatures } from '../../runner/frameworks/cargo-features.ts'
import { relevantConfiguration } from '../../runner/relevant-configuration.ts'
import { mayExist, withCachedListings } from '../../runner/folder-listings.ts'
import { testRecipe } from '../../runner/test-recipe.ts'
import { readBytes } from '../../store/read-file.ts'
import type { Tree } from '../../store/tree.ts'
import { hashOfFile } from '../../store/hashed-file.ts'
import { absolute } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { inlineHashes } from './inline-tests.ts'
import type { TestRunner } from './package-runner.ts'
import { optionsInScript, scriptHashes, hashOfPart } from './script-hashes.ts'
import { configurationOf, packagePaths } from './package-paths.ts'

/** sha256 by relative path, `absent` for a file that does not exist. */
export function hashesOf(context: Context, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map(file => [file, hashHere(context, file)]))
}

function hashHere({ workspace }: Pick<Context, 'workspace'>, file: string): string {
  if (!mayExist(workspace.root, file)) return 'absent'
  return hashOfFile(absolute(workspace, file)) ?? 'absent'
}

/**
 * Hashes of everything that decides the result of the tests, except the test files themselves: their snapshot files, the framework's
 * configuration, and the tests alone if they are in the same file as code, because that code is going to change.
 */
export function frozenBy(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
): Record<string, string> {
  return withCachedListings(() => currentFrozen(context, testRunner, files))
}

function currentFrozen(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
): Record<string, string> {
  const { framework, package: own } = testRunner
  const inPackage = packagePaths(context, testRunner)
  const configuration = configurationOf(context, testRunner)
  const named = namedInOptions(own.view, optionsInScript(testRunner))
  const roots = [...framework.configuration(own.view), ...named]
  const loaded = [...new Set([...named, ...loadedByConfiguration(own.view, roots)])]
    .map(file => path.posix.normalize(inPackage(file)))
    .filter(file => !file.startsWith('../'))
  const texts = files.map(
    file => readBytes(absolute(context.workspace, file))?.toString('utf8') ?? '',
  )
  const exported = framework.manifestKeys.includes('imports')
    ? [...ownExports(own.view.manifest, texts)]
    : []
  const manifestParts = framework.manifestKeys.map(key => [
    `${inPackage('package.json')}#${key}`,
    hashOfPart(own.view.manifest, key),
  ])
  return {
    ...inlineHashes(context, testRunner, files),
    ...hashesOf(context, snapshotFilesOf(testRunner, files)),
    ...Object.fromEntries(configuration.map(file => [file, configurationHash(context, file)])),
    ...Object.fromEntries(manifestParts),
    ...Object.fromEntries(loaded.map(file => [loadedKey(file), hashHere(context, file)])),
    ...Object.fromEntries(
      exported.map(([subpath, entry]) => [
        `${inPackage('package.json')}#exports["${subpath}"]`,
        sha256(entry),
      ]),
    ),
    ...hashesOf(context, supportFilesAbove(testRunner, files)),
    ...scriptHashes(testRunner, inPackage),
    ...recipeHash(own.folder, inPackage('Makefile')),
  }
}

/**
 * The variables and options that a recipe such as `make test` gives to the tests of a folder.
 *
 * @param file the key's path of the Makefile, whatever file the recipe is in
 */
export function recipeHash(folder: string, file: string): Record<string, string> {
  const recipe = testRecipe(folder, '.')
  return { [`${file}${RECIPE}`]: hashOf([recipe.env, recipeFeatures(recipe)]) }
}

/** The hash of a recipe that gives nothing to the tests. */
export const NO_RECIPE = hashOf([{}, []])

/** The suffix of the key of a test recipe. */
const RECIPE = '#test'

/** The key of a file that the configuration loads. It can appear only with a change of another frozen file. */
function loadedKey(file: string): string {
  return `${file}#loaded`
}

/** Whether earlier versions recorded a RED without this key. Its absence there then does not mean that the file was added later. */
export function isDerivedKey(key: string): boolean {
  return (
    key.endsWith('#loaded') ||
    key.endsWith(RECIPE) ||
    key.includes('#exports[') ||
    (key.includes('#scripts.') && !key.endsWith('#scripts.test'))
  )
}

/** Files such as `conftest.py` in the folders above tests. Those in test folders may change if the tests are proven again. */
function supportFilesAbove({ framework }: TestRunner, files: readonly string[]): string[] {
  const names = framework.besideTests ?? []
  if (names.length === 0) return []
  const folders = new Set(files.flatMap(file => foldersOf(path.posix.dirname(file))))
  return [...folders]
    .flatMap(folder => names.map(name => path.posix.join(folder, name)))
    .filter(file => !isTestSupport(file))
}

function foldersOf(folder: string): string[] {
  return folder === '.' ? [] : [folder, ...foldersOf(path.posix.dirname(folder))]
}

/** The hashes that an event records for a run in a checkout. The tests are hashed there, whatever the workspace holds now. */
export function runInCheckout(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  { root, tree }: { root: string; tree: Tree },
): { files: Record<string, string>; frozen: Record<string, string>; after: Tree } {
  const frozen = {
    ...frozenBy(context, testRunner, files),
    ...inlineHashes({ workspace: { root } }, testRunner, files),
    ...hashesIn(tree, snapshotFilesOf(testRunner, files)),
  }
  return { files: hashesIn(tree, files), frozen, after: tree }
}

function hashesIn(tree: Tree, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map(file => [file, tree.files[file] ?? 'absent']))
}

function snapshotFilesOf({ framework }: TestRunner, files: readonly string[]): string[] {
  return files.flatMap(file => framework.snapshots(file))
}

/** Hash of the part of a configuration file that can change the result of tests. Often that is the whole file. */
function configurationHash({ workspace }: Context, file: string): string {
  const bytes = mayExist(workspace.root, file) ? readBytes(absolute(workspace, file)) : undefined
  if (!bytes) return 'absent'
  const text = bytes.toString('utf8')
  const part = relevantConfiguration(file, text)
  return part === text ? sha256(bytes) : hashOf(part)
}

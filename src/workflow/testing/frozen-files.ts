import path from 'node:path'
import { hashOf, sha256 } from '../../evidence/chain.ts'
import { decisivePart } from '../../runner/decisive.ts'
import { readBytes } from '../../store/files.ts'
import { hashOfFile, type Tree } from '../../store/tree.ts'
import { absolute, toSlashes } from '../../store/workspace.ts'
import type { TestRunner } from './test-runner.ts'
import type { Context } from '../context/context.ts'
import { inlineHashes } from './inline-tests.ts'

/** sha256 of files by relative path, `absent` for those that are not there. */
export function hashesOf(context: Context, files: readonly string[]): Record<string, string> {
  const hash = (file: string) => hashOfFile(absolute(context.workspace, file)) ?? 'absent'
  return Object.fromEntries(files.map(file => [file, hash(file)]))
}

/** The bytes that tests had where they ran, whatever has become of them in the workspace since. */
function hashesIn(tree: Tree, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map(file => [file, tree.files[file] ?? 'absent']))
}

/** The same as `frozenBy`, where tests ran in a checkout: what of it belongs to the tests is taken from there. */
function frozenIn(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  { root, tree }: { root: string; tree: Tree },
): Record<string, string> {
  return {
    ...frozenBy(context, testRunner, files),
    ...inlineHashes({ workspace: { root } }, testRunner, files),
    ...hashesIn(tree, snapshotsOf(testRunner, files)),
  }
}

/** What a run in a checkout proves, with the bytes that it was seen with there. */
export function runInCheckout(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
  { root, tree }: { root: string; tree: Tree },
): { files: Record<string, string>; frozen: Record<string, string>; after: Tree } {
  return {
    files: hashesIn(tree, files),
    frozen: frozenIn(context, testRunner, files, { root, tree }),
    after: tree,
  }
}

function snapshotsOf({ framework }: TestRunner, files: readonly string[]): string[] {
  return files.flatMap(file => framework.snapshots(file))
}

/**
 * Hashes of what besides the test files decides what they say: snapshots and the framework's configuration; and of the tests
 * alone where they stand among code, which is to change.
 */
export function frozenBy(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
): Record<string, string> {
  const { framework, package: place } = testRunner
  const folder = toSlashes(path.relative(context.workspace.root, place.folder))
  const within = (file: string) => (folder === '' ? file : `${folder}/${file}`)
  const configuration = framework.configuration(place.view).map(within)
  const parts = framework.manifestKeys.map(key => [
    `${within('package.json')}#${key}`,
    partHash(place.view.manifest, key),
  ])
  return {
    ...inlineHashes(context, testRunner, files),
    ...hashesOf(context, snapshotsOf(testRunner, files)),
    ...Object.fromEntries(configuration.map(file => [file, decisiveHash(context, file)])),
    ...Object.fromEntries(parts),
  }
}

/** Hash of what in a configuration file decides what tests say; of the whole file where that is all of it. */
function decisiveHash({ workspace }: Context, file: string): string {
  const bytes = readBytes(absolute(workspace, file))
  if (!bytes) return 'absent'
  const text = bytes.toString('utf8')
  const part = decisivePart(file, text)
  return part === text ? sha256(bytes) : hashOf(part)
}

/** Hash of a part of package.json, addressed by keys with dots between them. */
function partHash(manifest: Record<string, unknown> | undefined, key: string): string {
  let part: unknown = manifest
  for (const name of key.split('.')) {
    const entries = new Map(typeof part === 'object' && part !== null ? Object.entries(part) : [])
    part = entries.get(name)
  }
  return part === undefined ? 'absent' : hashOf(part)
}

import path from 'node:path'
import { hashOf, sha256 } from '../../evidence/chain.ts'
import { relevantConfiguration } from '../../runner/relevant-configuration.ts'
import { readBytes } from '../../store/files.ts'
import { hashOfFile, type Tree } from '../../store/tree.ts'
import { absolute, toSlashes } from '../../store/workspace.ts'
import type { Context } from '../context/context.ts'
import { inlineHashes } from './inline-tests.ts'
import type { TestRunner } from './test-runner.ts'

/** sha256 by relative path, `absent` for a file that does not exist. */
export function hashesOf(context: Context, files: readonly string[]): Record<string, string> {
  const hash = (file: string) => hashOfFile(absolute(context.workspace, file)) ?? 'absent'
  return Object.fromEntries(files.map(file => [file, hash(file)]))
}

/**
 * Hashes of everything besides the test files that decides their result: their snapshot files, the framework's configuration,
 * and the tests alone if they are in the same file as code, because that code is going to change.
 */
export function frozenBy(
  context: Context,
  testRunner: TestRunner,
  files: readonly string[],
): Record<string, string> {
  const { framework, package: own } = testRunner
  const folder = toSlashes(path.relative(context.workspace.root, own.folder))
  const inPackage = (file: string) => (folder === '' ? file : `${folder}/${file}`)
  const configuration = framework.configuration(own.view).map(inPackage)
  const manifestParts = framework.manifestKeys.map(key => [
    `${inPackage('package.json')}#${key}`,
    hashOfPart(own.view.manifest, key),
  ])
  return {
    ...inlineHashes(context, testRunner, files),
    ...hashesOf(context, snapshotFilesOf(testRunner, files)),
    ...Object.fromEntries(configuration.map(file => [file, configurationHash(context, file)])),
    ...Object.fromEntries(manifestParts),
  }
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
  const bytes = readBytes(absolute(workspace, file))
  if (!bytes) return 'absent'
  const text = bytes.toString('utf8')
  const part = relevantConfiguration(file, text)
  return part === text ? sha256(bytes) : hashOf(part)
}

/** Hash of a part of package.json. `key` is a path such as `jest.transform`. */
function hashOfPart(manifest: Record<string, unknown> | undefined, key: string): string {
  let part: unknown = manifest
  for (const name of key.split('.')) {
    const entries = new Map(typeof part === 'object' && part !== null ? Object.entries(part) : [])
    part = entries.get(name)
  }
  return part === undefined ? 'absent' : hashOf(part)
}

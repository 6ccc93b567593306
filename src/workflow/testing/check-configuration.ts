import { hashOf, sha256 } from '../../evidence/chain.ts'
import type { Event } from '../../evidence/event.ts'
import {
  changedDuringFeature,
  changedKeys,
  isApprovedByHuman,
  checkConfigurationAt,
  checkConfigurationAtStart,
  olderTestOf,
  type CheckConfiguration,
} from '../../evidence/check-configuration.ts'
import { formatList } from '../../plan/format-list.ts'
import { kindOfSuppression } from '../../runner/suppressions.ts'
import type { Framework } from '../../runner/framework.ts'
import { frameworks } from '../../runner/frameworks/index.ts'
import { loadedByConfiguration } from '../../runner/configuration-graph.ts'
import {
  configurationParts,
  loadedConfigurationPart,
  isCheckConfiguration,
  type ConfigurationPart,
} from '../../runner/check-configuration.ts'
import { withCachedListings } from '../../runner/folder-listings.ts'
import { rootPackage, type Package } from '../../store/package-view.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { frozenBy, NO_RECIPE, recipeHash } from './frozen-files.ts'
import type { TestRunner } from './package-runner.ts'
import { changedOlderTests } from './older-tests.ts'
import { sinceStart } from './snapshots.ts'
import { suppressionHashes } from './suppressions.ts'
import { findTestRunner } from './test-runner.ts'

/**
 * Hashes of the configuration of linters, type checkers, formatters, scripts and of the test runner, and of comments that switch one
 * of them off, by key, and of changed tests from before the feature.
 */
export async function currentCheckConfiguration(
  context: Context,
  tree: Tree,
): Promise<CheckConfiguration> {
  const { running, parts } = withCachedListings(() => configurationNow(context, tree))
  const since = await sinceStart(context, tree)
  return Object.fromEntries([
    ...running
      .filter(([, hash]) => !EMPTY_HASHES.has(hash))
      .map(([key, hash]) => [key, shortHash(hash)]),
    ...parts.map(({ key, content }) => [key, shortHash(sha256(content))]),
    ...Object.entries(since ? await suppressionHashes(context, since) : {}),
    ...Object.entries(since ? changedOlderTests(context, since) : {}),
  ])
}

/** What configures the test runner, by key, and the configuration of the other tools. */
function configurationNow(
  context: Context,
  tree: Tree,
): { running: [string, string][]; parts: ConfigurationPart[] } {
  const running = Object.entries({
    ...recipeHash(context.workspace.root, 'Makefile'),
    ...runnerHashes(context),
  })
  // Git may ignore a file that a tool reads all the same.
  const files = new Set([...Object.keys(tree.files), ...context.reader.list('')])
  const configurationFiles = [...files].filter(isCheckConfiguration)
  const parts = [
    ...configurationFiles.flatMap(file =>
      configurationParts(file, context.reader.read(file) ?? ''),
    ),
    ...configurationFiles.flatMap(file => partsLoadedBy(context, file)),
  ]
  return { running, parts }
}

/** Other files that the configuration of a linter or type checker imports or extends. */
function partsLoadedBy(context: Context, file: string): ConfigurationPart[] {
  const { view } = rootPackage(context.workspace)
  return loadedByConfiguration(view, [file]).flatMap(loaded =>
    loadedConfigurationPart(loaded, file, context.reader.read(loaded) ?? ''),
  )
}

/**
 * What configures the test runner. Before there are tests, the runner may be unknown or another one. So the feature's start records
 * what configures any runner, and that is compared later too: a file that did not change does not look new when the runner changes.
 */
function runnerHashes(context: Context): Record<string, string> {
  const testRunner = findTestRunner(context)
  const own = testRunner ? frozenBy(context, testRunner, []) : {}
  const start = checkConfigurationAtStart(context.ledger.events)
  const isCompared = (key: string) => start === undefined || start[key] !== undefined
  const root = rootPackage(context.workspace)
  const any = frameworks.flatMap(framework =>
    Object.entries(frozenBy(context, runnerAt(root, framework), [])),
  )
  return { ...Object.fromEntries(any.filter(([key]) => isCompared(key))), ...own }
}

function runnerAt(own: Package, framework: Framework): TestRunner {
  return { framework, package: own, evidence: '', isTest: file => framework.isTest(file) }
}

/** The check configuration as the field `judges` of an event. Left out if the last recorded one is the same. */
export function checkConfigurationField(
  { ledger }: Pick<Context, 'ledger'>,
  now: CheckConfiguration,
): { judges?: CheckConfiguration } {
  const known = checkConfigurationAt(ledger.events)
  return known && changedKeys(known, now).length === 0 ? {} : { judges: now }
}

/** A sentence about configuration that changed during a task. Empty if none did, or a human has seen it. */
export function describeConfigurationChangedDuringTask(
  { ledger: { events } }: Context,
  start: Event,
  done: Event,
): string[] {
  const [before, after] = [checkConfigurationAt(events, start), checkConfigurationAt(events, done)]
  if (!before || !after) return []
  const keys = changedKeys(before, after).filter(key => !isApprovedByHuman(events, key, after[key]))
  return describeChangedKeys(keys, 'with this task')
}

/** The same for the whole feature, according to the ledger. */
export function describeConfigurationChangedDuringFeature({
  ledger: { events },
}: Pick<Context, 'ledger'>): string[] {
  return describeChangedKeys(changedDuringFeature(events), 'since the feature started')
}

function describeChangedKeys(keys: readonly string[], when: string): string[] {
  const tests = keys.flatMap(key => olderTestOf(key) ?? [])
  const others = keys.filter(key => olderTestOf(key) === undefined)
  const suppressions = others.filter(isSuppression)
  const configuration = others.filter(key => !isSuppression(key))
  return [
    ...listed(
      `Tests that are older than the feature, and that the server did not see fail, changed ${when}`,
      tests,
    ),
    ...listed(`Configuration of checks or tests changed ${when}`, configuration),
    ...listed(`Comments that switch off a check changed ${when}`, suppressions),
  ]
}

function listed(what: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return []
  return [
    `! ${what}: ${formatList(keys, MAX_LISTED)}. A human should review it; \`redgreen approve\` confirms it.`,
  ]
}

/** Hashes of a missing file, and of a file that says nothing about the test runner. */
const EMPTY_HASHES: ReadonlySet<string> = new Set(['absent', sha256(''), hashOf(''), NO_RECIPE])

/** Is it the key of a comment that switches a check off? */
export function isSuppression(key: string): boolean {
  return kindOfSuppression(key.slice(key.indexOf('#') + 1)) !== undefined
}

const MAX_LISTED = 8

/** Keys that changed since the feature started and that no human has approved in their current form. */
export function changedSinceStart(
  { ledger: { events } }: Context,
  now: CheckConfiguration,
): string[] {
  const before = checkConfigurationAtStart(events)
  if (!before) return []
  return changedKeys(before, now).filter(key => !isApprovedByHuman(events, key, now[key]))
}

/** The ledger has an entry for each key, so half of each hash is enough and keeps it small. */
function shortHash(hash: string): string {
  return hash.slice(0, 32)
}

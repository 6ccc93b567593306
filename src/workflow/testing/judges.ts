import { hashOf, sha256 } from '../../evidence/chain.ts'
import type { Event } from '../../evidence/event.ts'
import {
  changedDuring,
  changedJudges,
  isSeen,
  judgesAt,
  judgesAtStart,
  olderTestOf,
  type Judges,
} from '../../evidence/judges.ts'
import { formatList } from '../../plan/format-list.ts'
import { kindOfSuppression } from '../../runner/suppressions.ts'
import type { Framework } from '../../runner/framework.ts'
import { frameworks } from '../../runner/frameworks/index.ts'
import { loadedByConfiguration } from '../../runner/configuration-graph.ts'
import { judgeParts, loadedPart, mayJudge, type JudgePart } from '../../runner/judges.ts'
import { withCachedListings } from '../../runner/folder-listings.ts'
import { rootPackage, type Package } from '../../store/package-view.ts'
import type { Tree } from '../../store/tree.ts'
import type { Context } from '../context/context.ts'
import { frozenBy, NO_RECIPE, recipeHash } from './frozen-files.ts'
import type { TestRunner } from './package-runner.ts'
import { changedOlderTests } from './older-tests.ts'
import { sinceStart } from './snapshots.ts'
import { suppressionJudges } from './suppressions.ts'
import { findTestRunner } from './test-runner.ts'

/**
 * Hashes of the configuration of linters, type checkers, formatters, scripts and of the test runner, and of comments that switch one
 * of them off, by key, and of changed tests from before the feature.
 */
export async function currentJudges(context: Context, tree: Tree): Promise<Judges> {
  const { running, parts } = withCachedListings(() => configurationNow(context, tree))
  const since = await sinceStart(context, tree)
  return Object.fromEntries([
    ...running.filter(([, hash]) => !NOTHING.has(hash)).map(([key, hash]) => [key, short(hash)]),
    ...parts.map(({ key, content }) => [key, short(sha256(content))]),
    ...Object.entries(since ? await suppressionJudges(context, since) : {}),
    ...Object.entries(since ? changedOlderTests(context, since) : {}),
  ])
}

/** What configures the test runner, by key, and the configuration of the other tools. */
function configurationNow(
  context: Context,
  tree: Tree,
): { running: [string, string][]; parts: JudgePart[] } {
  const running = Object.entries({
    ...recipeHash(context.workspace.root, 'Makefile'),
    ...runnerHashes(context),
  })
  // Git may ignore a file that a tool reads all the same.
  const files = new Set([...Object.keys(tree.files), ...context.reader.list('')])
  const judging = [...files].filter(mayJudge)
  const parts = [
    ...judging.flatMap(file => judgeParts(file, context.reader.read(file) ?? '')),
    ...judging.flatMap(file => partsLoadedBy(context, file)),
  ]
  return { running, parts }
}

/** Other files that the configuration of a linter or type checker imports or extends. */
function partsLoadedBy(context: Context, file: string): JudgePart[] {
  const { view } = rootPackage(context.workspace)
  return loadedByConfiguration(view, [file]).flatMap(loaded =>
    loadedPart(loaded, file, context.reader.read(loaded) ?? ''),
  )
}

/**
 * What configures the test runner. Before there are tests, the runner may be unknown or another one. So the feature's start records
 * what configures any runner, and that is compared later too: a file that did not change does not look new when the runner changes.
 */
function runnerHashes(context: Context): Record<string, string> {
  const testRunner = findTestRunner(context)
  const own = testRunner ? frozenBy(context, testRunner, []) : {}
  const start = judgesAtStart(context.ledger.events)
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

/** The judges as a field of an event: left out if they are those of the events before. */
export function judgesField({ ledger }: Pick<Context, 'ledger'>, now: Judges): { judges?: Judges } {
  const known = judgesAt(ledger.events)
  return known && changedJudges(known, now).length === 0 ? {} : { judges: now }
}

/** A sentence about configuration that changed during a task. Empty if none did, or a human has seen it. */
export function describeChangedJudges(
  { ledger: { events } }: Context,
  start: Event,
  done: Event,
): string[] {
  const [before, after] = [judgesAt(events, start), judgesAt(events, done)]
  if (!before || !after) return []
  const keys = changedJudges(before, after).filter(key => !isSeen(events, key, after[key]))
  return describe(keys, 'with this task')
}

/** The same for the whole feature, according to the ledger. */
export function describeJudgesOfFeature({ ledger: { events } }: Pick<Context, 'ledger'>): string[] {
  return describe(changedDuring(events), 'since the feature started')
}

function describe(keys: readonly string[], when: string): string[] {
  const tests = keys.flatMap(key => olderTestOf(key) ?? [])
  const others = keys.filter(key => olderTestOf(key) === undefined)
  const suppressions = others.filter(isSuppression)
  const configuration = others.filter(key => !isSuppression(key))
  return [
    ...listed(
      `Tests that are older than the feature, and that the server did not see fail, changed ${when}`,
      tests,
    ),
    ...listed(`Configuration that judges the work changed ${when}`, configuration),
    ...listed(`Comments that loosen a judge changed ${when}`, suppressions),
  ]
}

function listed(what: string, keys: readonly string[]): string[] {
  if (keys.length === 0) return []
  return [
    `! ${what}: ${formatList(keys, MAX_LISTED)}. A human should review it; \`redgreen approve\` confirms it.`,
  ]
}

/** Hashes of a missing file, and of one without anything about the test runner. */
const NOTHING: ReadonlySet<string> = new Set(['absent', sha256(''), hashOf(''), NO_RECIPE])

/** Is it a comment that switches a judge off? */
export function isSuppression(key: string): boolean {
  return kindOfSuppression(key.slice(key.indexOf('#') + 1)) !== undefined
}

const MAX_LISTED = 8

/** Keys that changed since the feature started and that no human has approved in their current form. */
export function changedSinceStart({ ledger: { events } }: Context, now: Judges): string[] {
  const before = judgesAtStart(events)
  if (!before) return []
  return changedJudges(before, now).filter(key => !isSeen(events, key, now[key]))
}

/** The ledger has an entry for each key, so that half of a hash keeps it small. */
function short(hash: string): string {
  return hash.slice(0, 32)
}

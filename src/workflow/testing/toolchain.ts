import { findChecks, missingChecks } from '../../runner/checks.ts'
import type { CheckKind } from '../../runner/known-checks.ts'
import { missingRunner } from '../../runner/missing-runner.ts'
import { withCachedListings } from '../../runner/folder-listings.ts'
import { rootPackage } from '../../store/package-view.ts'
import { cachedForTurn } from '../../store/turn-cache.ts'
import { SETTINGS_FILE } from '../../plan/settings-file.ts'
import type { ProjectContext, TestRunner } from './package-runner.ts'
import { findTestRunner } from './test-runner.ts'

/** A command that the server may run, and what it was recognized by. */
export interface ProjectTool {
  argv: string[]
  evidence: string
}

/** The project's tools; `null` if the server found none. */
export interface Toolchain {
  tests: { framework: string; evidence: string } | null
  types: ProjectTool | null
  lint: ProjectTool | null
  /** Test runners, type checkers and linters that are configured but not installed. */
  missing: string[]
}

/** The tools that the settings name or, if they name none, that the server recognizes in the project. */
export const toolchainOf = cachedForTurn((context: ProjectContext) =>
  withCachedListings(() => findToolchain(context)),
)

function findToolchain(context: ProjectContext): Toolchain {
  const testRunner = findTestRunner(context)
  const { folder, view } = rootPackage(context.workspace)
  return {
    tests: testRunner
      ? { framework: testRunner.framework.name, evidence: testRunner.evidence }
      : null,
    types: toolFor(context, 'types'),
    lint: toolFor(context, 'lint'),
    missing: [...missingRunners(context, testRunner), ...missingChecks(folder, view)],
  }
}

function missingRunners({ workspace }: ProjectContext, testRunner?: TestRunner): string[] {
  if (!testRunner) return []
  const { framework, package: own } = testRunner
  const place = { framework, cwd: own.folder, root: workspace.root, view: own.view }
  return missingRunner(place) === undefined ? [] : [framework.name]
}

function toolFor(context: ProjectContext, kind: CheckKind): ProjectTool | null {
  const argv = context.settings.commands[kind]
  if (argv === false) return null
  if (argv) return { argv, evidence: SETTINGS_FILE }
  const { folder, view } = rootPackage(context.workspace)
  const check = findChecks(folder, view).find(check => check.kind === kind)
  return check ? { argv: check.argv, evidence: check.because } : null
}

import { findChecks, missingChecks } from '../../runner/checks.ts'
import type { CheckKind } from '../../runner/known-checks.ts'
import { rootPackage } from '../../store/package-view.ts'
import { SETTINGS_FILE } from '../../store/settings.ts'
import { findBench, type Surroundings } from './test-runner.ts'

/** A command that the server may run, and what it was found by. */
export interface Tool {
  argv: string[]
  evidence: string
}

/** What the server found to run in the project; `null` where it found nothing. */
export interface Toolchain {
  tests: { framework: string; evidence: string } | null
  types: Tool | null
  lint: Tool | null
  /** Type checkers and linters that are configured and not installed. */
  missing: string[]
}

/** The project's tools: those of the settings, else those that the project's files show. */
export function toolchainOf(desk: Surroundings): Toolchain {
  const bench = findBench(desk)
  const { folder, view } = rootPackage(desk.workspace)
  return {
    tests: bench ? { framework: bench.framework.name, evidence: bench.evidence } : null,
    types: toolFor(desk, 'types'),
    lint: toolFor(desk, 'lint'),
    missing: missingChecks(folder, view),
  }
}

function toolFor(desk: Surroundings, kind: CheckKind): Tool | null {
  const argv = desk.settings.commands[kind]
  if (argv) return { argv, evidence: SETTINGS_FILE }
  const { folder, view } = rootPackage(desk.workspace)
  const check = findChecks(folder, view).find(check => check.kind === kind)
  return check ? { argv: check.argv, evidence: check.because } : null
}

/**
 * True for files that tools write by themselves when they build or test: lock files, reports, caches, and what a build made. A run
 * may change them, even if they are code. The data of tests is not written by tools, whatever its name, and a folder `build`
 * among sources or tests is written by people.
 */
export function isToolOutput(path: string): boolean {
  if (TEST_DATA.test(path)) return false
  return [LOCK, REPORTS, FILE].some(pattern => pattern.test(path)) || isBuilt(path)
}

function isBuilt(path: string): boolean {
  const at = path.search(BUILT)
  return at >= 0 && !OWN.test(path.slice(0, at))
}

const LOCK =
  /(^|\/)([\w.-]+\.lock|bun\.lockb|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go(\.work)?\.sum|packages\.lock\.json|gradle\.lockfile|Package\.resolved|\.terraform\.lock\.hcl)$/
/** Folders that builds write, as a part of a pattern. */
export const BUILD_FOLDERS = 'dist|build|out|target|_build'

const BUILT = new RegExp(String.raw`(^|\/)(${BUILD_FOLDERS})\/`)
/** A folder in which people write. */
const OWN = /(^|\/)(src|tests?|specs?|__tests__|e2e)$|(^|\/)(src|tests?|specs?|__tests__|e2e)\//
const REPORTS =
  /(^|\/)(coverage|htmlcov|(test|allure)-results|TestResults|playwright-report|__pycache__|[\w.-]+\.egg-info|\.(nyc_output|pytest_cache|mypy_cache|ruff_cache|hypothesis|tox|nox|eggs|next|nuxt|output|svelte-kit|astro|turbo|nx|cache|vite|parcel-cache|gradle))\//
const FILE =
  /\.(tsbuildinfo|py[co]|lcov|log|profraw|snap\.new)$|\.received\.\w+$|(^|\/)(\.coverage(\.[\w.-]+)?|cover(age)?\.(xml|json|out)|lcov\.info|junit[\w.-]*\.xml|\.(eslint|stylelint|phpunit\.result\.|phpunit\.)?cache|\.rspec_status|spec\/examples\.txt|\.last-run\.json)$/
const TEST_DATA = /(^|\/)(__fixtures__|fixtures?|testdata|test-data)\//

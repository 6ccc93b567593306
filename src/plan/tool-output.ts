/**
 * Do tools write this file by themselves when they build or test: a lock file, a report, a cache, or what a build made? A run
 * may change it, even if it is code. The data of tests is not written by tools, whatever its name.
 */
export function isToolOutput(path: string): boolean {
  return !TEST_DATA.test(path) && [LOCK, FOLDER, FILE].some(pattern => pattern.test(path))
}

const LOCK =
  /(^|\/)([\w.-]+\.lock|bun\.lockb|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go(\.work)?\.sum|packages\.lock\.json|gradle\.lockfile|Package\.resolved|\.terraform\.lock\.hcl)$/
const FOLDER =
  /(^|\/)(dist|build|out|target|_build|coverage|htmlcov|(test|allure)-results|TestResults|playwright-report|__pycache__|[\w.-]+\.egg-info|\.(nyc_output|pytest_cache|mypy_cache|ruff_cache|hypothesis|tox|nox|eggs|next|nuxt|output|svelte-kit|astro|turbo|nx|cache|vite|parcel-cache|gradle))\//
const FILE =
  /\.(tsbuildinfo|py[co]|lcov|log|profraw|snap\.new)$|\.received\.\w+$|(^|\/)(\.coverage(\.[\w.-]+)?|cover(age)?\.(xml|json|out)|lcov\.info|junit[\w.-]*\.xml|\.(eslint|stylelint|phpunit\.result\.|phpunit\.)?cache|\.rspec_status|spec\/examples\.txt|\.last-run\.json)$/
const TEST_DATA = /(^|\/)(__fixtures__|fixtures?|testdata|test-data)\//

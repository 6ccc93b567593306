/** What a line does: it asks whether a test runs, loads a library for tests, or makes a value equal to every other. */
export type Remark = 'asks' | 'library' | 'equal'

interface Row {
  what: Remark
  /** Is tried on a line and the next one. */
  pattern: RegExp
}

/** How a language asks whether a test runs. */
export const REMARKS: readonly { files: RegExp; rows: readonly Row[] }[] = [
  {
    files: /\.[cm]?[jt]sx?$/,
    rows: rows(
      // `process.env.VITEST`, `const { VITEST } = process.env`
      /\benv\b[.?'"[\]]{1,3}(?:VITEST\w*|JEST_WORKER_ID|NODE_TEST_CONTEXT)\b/,
      /\b(?:VITEST\w*|JEST_WORKER_ID|NODE_TEST_CONTEXT)\b[^\n]{0,40}\benv\b/,
      /\b(?:NODE_ENV|MODE)\b['"\]]{0,2}\s*[!=]==?\s*['"]test['"]/,
      // A command may be called `test`.
      /\bargv\b[^\n]{0,60}\b(?:includes|endsWith|match|indexOf|test)\([^\n]{0,40}(?:[.-]test\b|\.spec\b|vitest|jest|mocha)/,
      /\bargv\b[^\n]{0,20}\.(?:join|some|find|toString)\([^\n]{0,60}\btest/,
      /\bexecArgv\b[^\n]{0,60}test/,
      /\.stack\b[^\n]{0,20}\b(?:includes|match|indexOf)\([^\n]{0,20}\b(?:tests?|spec|vitest|jest)\b/,
      /\btypeof\s+(?:globalThis\.)?(?:jest|vi|vitest|describe|it|beforeEach)\b/,
      /\bglobalThis\.(?:jest|vi|describe|it|expect|__vitest\w*)\b/,
      [
        'library',
        /(?:\bfrom|\bimport|\brequire\()\s*\(?['"](?:node:test|vitest|@jest\/globals|mocha|chai|sinon|bun:test|ava|@testing-library\/[\w-]+)['"]/,
      ],
    ),
  },
  {
    files: /\.py$/,
    rows: rows(
      /\bPYTEST_(?:CURRENT_TEST|VERSION|XDIST_\w+)\b/,
      /['"](?:_?pytest|unittest)['"]\s+(?:not\s+)?in\s+sys\.modules\b/,
      /\bsys\.modules\b[^\n]{0,10}['"](?:_?pytest|unittest)['"]/,
      /\bsys\.argv\b[^\n]{0,40}(?:pytest|unittest)/,
      ['library', /^\s*(?:from|import)\s+(?:_?pytest|unittest|mock)\b[^\n]{0,60}/],
      ['equal', /\bdef\s+__eq__\([^)\n]{0,60}\)[^\n:]{0,20}:\s*\n?\s*return\s+True\b/],
    ),
  },
  {
    files: /\.rb$/,
    rows: rows(
      /\bdefined\?\s*\(?\s*(?:::)?(?:RSpec|Minitest|Test::Unit)\b/,
      /\bconst_defined\?\s*\(?\s*[:'"](?:RSpec|Minitest)\b/,
      /\bRails\.env\.test\?/,
      /\b(?:RAILS|RACK|APP|HANAMI)_ENV['"\]]{0,2}\s*==\s*['"]test['"]/,
      /(?:\$0|\$PROGRAM_NAME)[^\n]{0,30}(?:rspec|minitest)/,
      ['library', /^\s*require\s*\(?\s*['"](?:rspec|minitest|test\/unit|mocha)\b[^'"\n]{0,40}['"]/],
      ['equal', /\bdef\s+==\s*\(?\s*\w*\s*\)?\s*[=\n;]\s*true\b/],
    ),
  },
  {
    files: /\.php$/,
    rows: rows(
      /\bPHPUNIT_\w+/,
      /(?:class_exists|interface_exists)\(\s*\\?['"]?\\{0,2}PHPUnit\b/,
      /\brunningUnitTests\(\)/,
      ['library', /^\s*use\s+PHPUnit\\[\w\\]{1,80}/],
    ),
  },
  {
    files: /\.go$/,
    rows: rows(
      /\bflag\.Lookup\(\s*"test\.[\w.]{0,20}"/,
      /\btesting\.Testing\(\)/,
      /\bHasSuffix\([^\n]{0,40}"\.test"/,
      ['library', /^\s*(?:import\s+)?(?:[\w.]+\s+)?"testing"\s*$/m],
    ),
  },
  { files: /\.rs$/, rows: rows(/\bcfg!\s*\(\s*test\s*\)/, /#\[cfg\(not\(test\)\)\]/) },
  { files: /\.(?:java|kts?)$/, rows: rows(/['"]org\.(?:junit|testng)\b/) },
]

function rows(...patterns: readonly (RegExp | [what: Remark, pattern: RegExp])[]): Row[] {
  return patterns.map(one =>
    one instanceof RegExp ? { what: 'asks', pattern: one } : { what: one[0], pattern: one[1] },
  )
}

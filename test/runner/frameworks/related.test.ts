import path from 'node:path'
import { expect, test } from 'vitest'
import { jest } from '../../../src/runner/frameworks/jest.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { folderWith } from '../project.ts'

test.each([
  [vitest, ['related', 'src/a.js', '--run']],
  [jest, ['--findRelatedTests', 'src/a.js']],
])('$name runs the tests that load a file, and measures no coverage', (framework, words) => {
  const { name } = framework
  const config = `export default { collectCoverage: true, coverageThreshold: {}, test: { coverage: { enabled: true, thresholds: { lines: 90 } } } }`
  const root = folderWith({
    [`node_modules/${name}/package.json`]: JSON.stringify({ version: '1.0.0', bin: 'bin.js' }),
    [`${name}.config.js`]: config,
  })
  const related = [path.join(root, 'src/a.js')]
  const request = { cwd: root, root, files: [], related, names: [], report: '/report', key: '' }
  const argv = (framework.command(request)?.argv ?? []).map(word => word.replace(`${root}/`, ''))
  expect(argv.join(' ')).toContain(words.join(' '))
  expect(argv.filter(word => /coverage/.test(word)).join()).toMatch(
    /^--coverage(\.enabled)?=false$/,
  )
})

import { describe, expect, it } from 'vitest'
import { jest } from '../../src/runner/frameworks/jest.ts'
import { playwright } from '../../src/runner/frameworks/playwright.ts'
import { vitest } from '../../src/runner/frameworks/vitest.ts'
import { listedTests } from '../../src/runner/listed-tests.ts'
import { projectWith } from './project.ts'
import { nodeModulesWith } from './scenarios/installed.ts'

const OPTIONS = { timeoutMs: 120_000 }

describe('a runner lists the test files of its configuration', () => {
  it('vitest', async () => {
    const root = projectWith({
      'vitest.config.js': `export default { test: { include: ['odd/*' + '.js'] } }`,
      'odd/a.js': `import { it } from 'vitest'; it('x', () => {})`,
      'src/b.test.js': '',
    })
    expect(await listedTests(vitest, root, OPTIONS)).toEqual(['odd/a.js'])
  })

  it('playwright test', async () => {
    const root = projectWith({
      'playwright.config.js': `export default { testDir: 'e2e', testMatch: /.*_tests\\.js/ }`,
      'e2e/a_tests.js': `import { test } from '@playwright/test'; test('x', () => {})`,
    })
    expect(await listedTests(playwright, root, OPTIONS)).toEqual(['a_tests.js'])
  })

  it('jest', async ({ skip }) => {
    const modules = nodeModulesWith('jest') ?? skip('jest is not installed')
    const root = projectWith(
      { 'package.json': '{"jest":{"testRegex":"odd/.*"}}', 'odd/a.js': 'test("x", () => {})' },
      modules,
    )
    expect(await listedTests(jest, root, OPTIONS)).toEqual(['odd/a.js'])
  })
})

import { describe, expect, it } from 'vitest'
import { packageOf } from '../../../src/store/package-view.ts'
import { currentCode } from '../../../src/workflow/checkout/earlier-version.ts'
import { vitest } from '../../../src/runner/frameworks/vitest.ts'
import { makeProject } from '../../kit/project.ts'

describe('the current code under tests in an earlier version', () => {
  it.each(['', 'packages/web/'])(
    'leaves out tests and the configuration of their runner: %s',
    at => {
      const { root } = makeProject(
        { 'package.json': '{}', [`${at}package.json`]: '{}', [`${at}vitest.config.ts`]: '' },
        { git: false },
      )
      const workspace = { root }
      const own = packageOf(workspace, `${at}tests/a.test.ts`)
      const testRunner = { framework: vitest, package: own, evidence: '', isTest: vitest.isTest }
      const layer = currentCode({ workspace }, testRunner)
      expect(layer(`${at}vitest.config.ts`)).toBe(false)
      expect(layer(`${at}tests/a.test.ts`)).toBe(false)
      expect(layer(`${at}src/a.ts`)).toBe(true)
    },
  )
})

import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { applyPlan } from '../../src/setup/apply.ts'
import { planRemoval, planSetup } from '../../src/setup/plan.ts'
import { writtenEntries } from '../../src/setup/settings-entry.ts'
import { testCommandTarget } from '../../src/setup/test-command.ts'
import { readSettings } from '../../src/store/settings.ts'

/** A project whose settings file has this text, and a state folder of its own. */
function projectWith(settings?: string) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-settings-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  vi.stubEnv('XDG_STATE_HOME', path.join(root, 'state'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const file = path.join(root, 'redgreen.config.json')
  if (settings !== undefined) writeFileSync(file, settings)
  const set = (line: string) => {
    const targets = [testCommandTarget(root, line)]
    return applyPlan(planSetup(root, targets), targets, root)
  }
  const remove = () => {
    const targets = writtenEntries(root)
    return applyPlan(planRemoval(root, targets), targets, root)
  }
  return { root, file, set, remove, text: () => readFileSync(file, 'utf8') }
}

describe('a test command of the user', () => {
  it.each([
    ['make check', { file: ['make', 'check', '{files}'], report: 'exit-code' }],
    ['sh test.sh {files} -v', { file: ['sh', 'test.sh', '{files}', '-v'], report: 'exit-code' }],
    [
      'bats --report {report} {files}',
      { file: ['bats', '--report', '{report}', '{files}'], report: 'junit' },
    ],
  ])('becomes a valid setting: %s', (line, tests) => {
    const { root, set } = projectWith()
    expect(set(line)).toMatchObject([{ action: 'add' }])
    expect(readSettings({ root }).commands.tests).toEqual(tests)
  })

  it('keeps the rest of the settings, and is written once', () => {
    const { set, text } = projectWith('{\n  // mine\n  "dialect": "spec-kit",\n}\n')
    set('make check')
    expect(text()).toContain('// mine\n  "dialect": "spec-kit"')
    expect(text()).toContain('"tests": {')
    expect(set('make check')).toMatchObject([{ action: 'present' }])
  })

  it.each([undefined, '{\n  // mine\n  "dialect": "spec-kit"\n}\n'])(
    'is removed again with the original bytes: %j',
    before => {
      const { file, set, remove, text } = projectWith(before)
      set('make check')
      expect(remove()).toMatchObject([{ action: 'remove' }])
      expect(existsSync(file) ? text() : undefined).toBe(before)
    },
  )

  it('is not removed if a human wrote it', () => {
    const { remove, text } = projectWith('{"commands":{"tests":{"framework":"vitest"}}}')
    expect(remove()).toEqual([])
    expect(text()).toContain('vitest')
  })

  it.each(['make test | tee log', 'cd app && make test', 'CI=1 make test', '  '])(
    'is refused if it needs a shell: %s',
    line => {
      const { file, set } = projectWith()
      expect(() => set(line)).toThrow('is not one program with arguments')
      expect(existsSync(file)).toBe(false)
    },
  )
})

import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadSettings, readSettings } from '../../src/store/settings.ts'
import { makeProject } from '../kit/project.ts'
import { openProject } from '../kit/store.ts'

describe('settings', () => {
  const read = (text: string) =>
    readSettings(openProject(makeProject({ 'redgreen.config.json': text })).workspace)

  it('have defaults, and a hash of the content of the file', () => {
    const { workspace } = openProject(makeProject({}))
    expect(readSettings(workspace)).toMatchObject({ hash: 'none', limits: { fullRuns: 3 } })
    expect(read('{"limits":{"fullRuns":5}}').hash).toBe(
      read('{ "limits": { "fullRuns": 5 } }').hash,
    )
    expect(read('{"limits":{"fullRuns":5}}').hash).not.toBe(read('{}').hash)
  })

  it('are read again when the file changes, also back', () => {
    const project = makeProject({ 'redgreen.config.json': '{"limits":{"fullRuns":5}}' })
    const { workspace } = openProject(project)
    const runs = () => readSettings(workspace).limits.fullRuns
    expect(runs()).toBe(5)
    project.write('redgreen.config.json', '{"limits":{"fullRuns":6}}')
    expect(runs()).toBe(6)
    project.write('redgreen.config.json', '{"limits":{}')
    expect(runs).toThrow(BadSettings)
    project.remove('redgreen.config.json')
    expect(runs()).toBe(3)
    project.write('redgreen.config.json', '{"limits":{"fullRuns":5}}')
    expect(runs()).toBe(5)
  })

  it('that are invalid are refused with the key or the line', () => {
    expect(() => read('{"limits":{"fullRuns":0}}')).toThrow(BadSettings)
    expect(() => read('{"limit":{}}')).toThrow(/limit/)
    expect(() => read('{\n  "limits": }')).toThrow(/line 2/)
    expect(() => read('['.repeat(200_000))).toThrow(/nested too deeply/)
    expect(() => read(`// "\n${'{"a":'.repeat(200_000)}`)).toThrow(/nested too deeply/)
  })

  it.each([
    [
      '{"commands":{"lint":"eslint ."}}',
      /^commands\.lint must be a list of strings or false\. Linter, such as \["npx", "eslint", "\."\]/,
    ],
    ['{"limits":{"fullRuns":"2"}}', /^limits\.fullRuns must be a whole number/],
    ['{"checks":{"build":"make"}}', /^checks\.build must be/],
    ['{"comands":{}}', /^Unrecognized key "comands" \(did you mean "commands"\?\)$/],
    [
      '{"limits":{"fullRun":2}}',
      /^Unrecognized key "fullRun" \(did you mean "fullRuns"\?\) in limits$/,
    ],
    ['{"surprise":1}', /^Unrecognized key "surprise"$/],
    [
      '{"dialect":"foo","plan":"PLAN.md"}',
      /There is no dialect "foo"\. It is one of auto, spec-kit, /,
    ],
    [
      '{\n  "plan": PLAN.md }',
      /^line 2, column 11: a word is not in double quotes \(at "PLAN\.md"\)/,
    ],
    ['{"plan": "a" "dialect": "b"}', /^line 1, column 14: a comma is missing/],
    ['{"plan": "a', /closing double quote/],
  ])('say what is expected instead of %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it('name each of several errors', () => {
    const reading = () => read('{"comands":{},"limits":{"fullRuns":"2"}}')
    expect(reading).toThrow(/comands.*; .*|fullRuns.*; .*/)
  })

  it('name a plan or the dialect of another one', () => {
    expect(read('{"plan": "PLAN.md", "dialect": "checklist"}').plan).toBe('PLAN.md')
    expect(() => read('{"plan": "PLAN.md", "dialect": "kiro"}')).toThrow(/Remove "dialect"/)
  })

  it('are not read through a link to the outside, and a message does not repeat what is there', () => {
    const outside = makeProject({ 'secret.json': '{"auths":{}, "secretName":1}' }, { git: false })
    const targets = ['secret.json', 'missing.json'].map(name => path.join(outside.root, name))
    for (const target of [...targets, '/dev/zero', outside.root]) {
      const project = makeProject({})
      symlinkSync(target, path.join(project.root, 'redgreen.config.json'))
      const reading = () => readSettings(openProject(project).workspace)
      expect(reading).toThrow(BadSettings)
      expect(reading).toThrow(/^it (?:leads out of the workspace through|is) a symbolic link/)
    }
    const inside = makeProject({ 'config/own.json': '{"limits":{"fullRuns":5}}' })
    symlinkSync('config/own.json', path.join(inside.root, 'redgreen.config.json'))
    expect(readSettings(openProject(inside).workspace).limits.fullRuns).toBe(5)
  })

  it('of any text are read or refused', () => {
    assert(
      property(string(), text => {
        expect(outcomeOf(() => read(text))).toBe('settled')
      }),
      { numRuns: 30 },
    )
  })
})

/** Settings that can be read, and a refusal that names what cannot, are both answers; anything else is a fault. */
function outcomeOf(work: () => unknown): unknown {
  try {
    work()
    return 'settled'
  } catch (error) {
    return error instanceof BadSettings ? 'settled' : error
  }
}

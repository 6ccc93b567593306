import { describe, expect, it, test } from 'vitest'
import { memoryWorkspace } from '../../kit/memory-workspace.ts'
import { Unsupported } from '../../../src/dialects/dialect.ts'
import { hookProblems, hooksOf } from '../../../src/dialects/spec-kit/hooks.ts'

const FILE = '.specify/extensions.yml'
const hooks = (text: string) => hooksOf(memoryWorkspace({ [FILE]: text }))
const problems = (text: string) => hookProblems(memoryWorkspace({ [FILE]: text }))

const BOTH = `installed: []
hooks:
  before_implement:
    - extension: git
      command: speckit.git.save
      optional: true
      prompt: Save the work first?
      condition: null
    - extension: board
      command: /speckit.board.sync
      optional: false
  after_implement:
    - { extension: docs, command: speckit.docs.write }
  after_plan:
    - { extension: docs, command: speckit.docs.plan }
`

describe('the hooks of extensions', () => {
  it('are listed as optional or mandatory, and only those before and after implementing', () => {
    expect(hooks(BOTH)).toEqual({
      before: [
        'Optional hook of git, before the first task: ask the user "Save the work first?"; if the answer is yes, run /speckit.git.save.',
        'Mandatory hook of board, before the first task: run /speckit.board.sync and wait until it has finished.',
      ],
      after: [
        'Optional hook of docs, after implementing: ask the user whether to run it; if the answer is yes, run /speckit.docs.write.',
      ],
    })
    expect(problems(BOTH)).toEqual([])
  })

  it('are ordered by priority if the file has one', () => {
    const { before } = hooks(
      'hooks:\n  before_implement:\n    - { command: c }\n    - { command: a, priority: 1 }\n',
    )
    expect(before.map(line => /run (\/\w)/.exec(line)?.[1])).toEqual(['/a', '/c'])
  })

  it('are left out if they are disabled', () => {
    const off = 'hooks:\n  after_implement:\n    - { command: speckit.x, enabled: false }\n'
    expect(hooks(off).after).toEqual([])
  })

  it('are reported as skipped if they have a condition, whatever it is', () => {
    const conditional = (condition: string) =>
      hooks(`hooks:\n  after_implement:\n    - { command: speckit.x, condition: ${condition} }\n`)
    for (const condition of ['"true"', 'true', '"process.exit(1)"', '!!js/function "x"']) {
      expect(conditional(condition).after).toEqual([
        'Skipped hook of an unnamed extension, after implementing, because it has a condition: /speckit.x.',
      ])
    }
    expect(conditional('null').after[0]).toContain('Optional hook')
    expect(conditional('""').after[0]).toContain('Optional hook')
  })

  it('are on one line without control characters', () => {
    const { before } = hooks(
      'hooks:\n  before_implement:\n    - command: "a\\nb\\e[2J"\n      prompt: "x\\u202ey"\n',
    )
    expect(before.join()).toContain('run /a b [2J')
    for (const sign of ['\n', '\u001B', '\u202E']) expect(before.join()).not.toContain(sign)
  })

  it.each([['hooks:'], ['hooks: {}'], ['hooks:\n  before_implement: []'], [''], ['installed: []']])(
    'do not exist in %j',
    text => {
      expect(hooks(text)).toEqual({ before: [], after: [] })
      expect(problems(text)).toEqual([])
    },
  )
})

describe('an invalid extensions file', () => {
  test.each([
    ['invalid YAML', 'hooks:\n  before_implement:\n  - a: b\n c: [d', 4, 'not valid YAML'],
    [
      'a map instead of a list of hooks',
      'hooks:\n  before_implement:\n    extension: git\n',
      3,
      '`before_implement` is not a list',
    ],
    ['a list of events', 'hooks:\n  - before_implement\n', 2, '`hooks` has no events'],
    ['a list', '- hooks\n', 1, 'not a map of names and values'],
    [
      'a hook without a command',
      'hooks:\n  after_implement:\n    - extension: git\n',
      3,
      'has no command',
    ],
    [
      'a word for a hook',
      'hooks:\n  after_implement:\n    - speckit.git.save\n',
      3,
      'is not a hook',
    ],
    ['an alias', 'a: &a [1]\nhooks: *a\n', 2, '`hooks` has no events'],
    ['deep nesting', `hooks: ${'['.repeat(5_000)}`, 1, 'nested too deeply'],
    ['too long', `# ${'x'.repeat(300_000)}`, 1, 'too long'],
  ])('(%s) is a problem with its line, and not an error', (_how, text, line, message) => {
    const [first, ...others] = problems(text)
    expect(first).toMatchObject({ path: FILE, line, text: expect.stringContaining(message) })
    expect(others).toEqual([])
    expect(first?.blocks).toBeUndefined()
    expect(hooks(text)).toEqual({ before: [], after: [] })
  })

  it('is also a problem if it is not text', () => {
    const reader = {
      ...memoryWorkspace({}),
      read: () => {
        throw new Unsupported(FILE, 3, 'It contains a NUL character, so it is not text.')
      },
    }
    expect(hookProblems(reader)).toMatchObject([{ path: FILE, line: 3 }])
    expect(hooksOf(reader)).toEqual({ before: [], after: [] })
  })

  it('keeps the hooks beside an invalid entry', () => {
    const text = 'hooks:\n  after_implement:\n    - 7\n    - { command: speckit.x }\n'
    expect(hooks(text).after).toHaveLength(1)
    expect(problems(text)).toHaveLength(1)
  })
})

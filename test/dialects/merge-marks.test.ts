import { describe, expect, it } from 'vitest'
import { mergeMarks } from '../../src/dialects/merge-marks.ts'

const SIZE = 9

/** What git prints for a part that changed on both sides. */
function conflict(ours: string[], base: string[], theirs: string[], end = '\n'): string {
  const lines = [
    '<<<<<<<<< ours',
    ...ours,
    '||||||||| base',
    ...base,
    '=========',
    ...theirs,
    '>>>>>>>>> theirs',
  ]
  return ['# Plan', ...lines, '- last', ''].join(end)
}

function merged(ours: string[], base: string[], theirs: string[]): string[] | undefined {
  const text = mergeMarks(conflict(ours, base, theirs), SIZE)
  return text?.split('\n').slice(1, -2)
}

describe('marks that two branches changed', () => {
  it.each([
    [
      ['- [x] a', '- [ ] b'],
      ['- [ ] a', '- [ ] b'],
      ['- [ ] a', '- [X] b'],
      ['- [x] a', '- [X] b'],
    ],
    [
      ['- ✅ a', '- ⬜ b'],
      ['- ⬜ a', '- ⬜ b'],
      ['- ⬜ a', '- ✅ b'],
      ['- ✅ a', '- ✅ b'],
    ],
    [
      ['| T1 | [x] |', '| T2 | [ ] |'],
      ['| T1 | [ ] |', '| T2 | [ ] |'],
      ['| T1 | [ ] |', '| T2 | [x] |'],
      ['| T1 | [x] |', '| T2 | [x] |'],
    ],
    [
      ['{"id": 1, "passes": true},', '{"id": 2, "passes": false}'],
      ['{"id": 1, "passes": false},', '{"id": 2, "passes": false}'],
      ['{"id": 1, "passes": false},', '{"id": 2, "passes": true}'],
      ['{"id": 1, "passes": true},', '{"id": 2, "passes": true}'],
    ],
    [
      ['"status": "done",', '"status": "pending"'],
      ['"status": "pending",', '"status": "pending"'],
      ['"status": "pending",', '"status": "done"'],
      ['"status": "done",', '"status": "done"'],
    ],
    [
      ['  1-1-login: done', '  1-2-chat: backlog'],
      ['  1-1-login: review', '  1-2-chat: backlog'],
      ['  1-1-login: review', '  1-2-chat: in-progress'],
      ['  1-1-login: done', '  1-2-chat: in-progress'],
    ],
  ])('are both kept: %j', (ours, base, theirs, both) => {
    expect(merged(ours, base, theirs)).toEqual(both)
    expect(merged(theirs, base, ours)).toEqual(both)
  })

  it.each([
    ['both finished the task, in another style', '[x]', '[ ]', '[X]', '[x]'],
    ['one finished it and the other started it', '[~]', '[ ]', '[x]', '[x]'],
    ['one opened it again', '[ ]', '[x]', '[x]', '[ ]'],
  ])('are merged if %s', (_, ours, base, theirs, result) => {
    expect(merged([`- ${ours} a`], [`- ${base} a`], [`- ${theirs} a`])).toEqual([`- ${result} a`])
  })

  it('are merged in lines that end with CRLF', () => {
    const text = conflict(
      ['- [x] a', '- [ ] b'],
      ['- [ ] a', '- [ ] b'],
      ['- [ ] a', '- [x] b'],
      '\r\n',
    )
    expect(mergeMarks(text, SIZE)).toBe('# Plan\r\n- [x] a\r\n- [x] b\r\n- last\r\n')
  })
})

describe('what else two branches changed', () => {
  it.each([
    ['words', ['- [x] a, quickly'], ['- [ ] a'], ['- [ ] a, well']],
    ['words of one side beside a mark of the other', ['- [x] a'], ['- [ ] a'], ['- [ ] a, well']],
    ['a new line', ['- [x] a'], ['- [ ] a'], ['- [ ] a', '- [ ] b']],
    ['a removed line', [], ['- [ ] a'], ['- [x] a']],
    ['a mark that a human gave', ['- [-] a'], ['- [ ] a'], ['- [x] a']],
    ['a task that one opened again and the other works on', ['- [ ] a'], ['- [x] a'], ['- [~] a']],
    ['the order', ['- [ ] b', '- [x] a'], ['- [ ] a', '- [ ] b'], ['- [ ] a', '- [x] b']],
    ['other values', ['"count": 1'], ['"count": 0'], ['"count": 2']],
  ])('is left to git: %s', (_, ours, base, theirs) => {
    expect(merged(ours, base, theirs)).toBeUndefined()
  })

  it('is left to git if only one of two conflicts is about marks', () => {
    const both = conflict(['- [x] a'], ['- [ ] a'], ['- [~] a']) + conflict(['a'], ['b'], ['c'])
    expect(mergeMarks(both, SIZE)).toBeUndefined()
  })
})

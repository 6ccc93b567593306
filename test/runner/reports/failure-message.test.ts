import { describe, expect, it } from 'vitest'
import { failureMessage } from '../../../src/runner/reports/failure-message.ts'

const PAGE = '<li>old</li>'.repeat(400)

describe('the message of a failed test', () => {
  it.each([
    [
      'Vitest',
      'expected [ { …(2) }, …(1) ] to deeply equal [ { …(2) }, …(1) ]\n\n- Expected\n+ Received\n\n  [\n    {\n-     "total": 3,\n+     "total": 4,\n    },\n  ]',
      'expected [ { …(2) }, …(1) ] to deeply equal [ { …(2) }, …(1) ] - "total": 3, + "total": 4,',
    ],
    [
      'Jest',
      'expect(received).toEqual(expected) // deep equality\n\n- Expected  - 1\n+ Received  + 1\n\n  Array [\n-   1,\n+   2,\n  ]\n\u001b[2m    at x\u001b[0m',
      'expect(received).toEqual(expected) // deep equality - 1, + 2,',
    ],
    [
      "Node's assert",
      'Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n+   2\n-   1\n  ]\n',
      'Expected values to be strictly deep-equal: - 1 + 2',
    ],
    [
      'no difference',
      'expected 1 to be 2 // Object.is equality',
      'expected 1 to be 2 // Object.is equality',
    ],
    [
      'no difference, over several lines',
      'The build failed:\n  in one\n  two',
      'The build failed: in one two',
    ],
    ['a negative number', '-1 is not positive', '-1 is not positive'],
  ])('of %s has the decisive lines', (_what, message, expected) => {
    expect(failureMessage(message).replaceAll(/([-+]) +/g, '$1 ')).toBe(expected)
  })

  it('of two pages that differ in one word shows that word, and is short', () => {
    const message = `expected '<ul>…' to be '<ul>…'\n\n- Expected\n+ Received\n\n- <ul>${PAGE}<b>left</b>${PAGE}</ul>\n+ <ul>${PAGE}<b>right</b>${PAGE}</ul>`
    const text = failureMessage(message)
    expect(text).toMatch(/- ….*left.*… \+ ….*right.*…/)
    expect(text.length).toBeLessThan(300)
  })

  it('of many lines says how many are left out', () => {
    const lines = Array.from({ length: 90 }, (_, at) => `- ${at}\n+ ${at + 1}`)
    expect(failureMessage(`they differ\n${lines.join('\n')}`)).toContain('(174 more lines differ)')
  })
})

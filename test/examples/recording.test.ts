import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { animation } from '../../scripts/demo/animation.ts'
import { excerpt, withFixedValues } from '../../scripts/demo/transcript.ts'

test('two runs of the demo give the same transcript', () => {
  const run = (folder: string, port: number, seconds: number, ledger: string) =>
    [
      `implements it in ${folder}`,
      `running on http://localhost:${port} after ${seconds / 10} s`,
      `.redgreen/ledger/001-teatime/${ledger}.jsonl`,
      `Finished in ${seconds} s. The project is kept in:\n  ${folder}`,
    ].join('\n')
  const first = run('/tmp/redgreen-demo-OWLBnP', 33325, 16, 'e04b079371')
  const second = run('/private/var/x1/T/redgreen-demo-aaaaaa', 40001, 23, '3dcc09e38c')
  expect(withFixedValues(first)).toBe(withFixedValues(second))
})

test('an excerpt has the blocks that begin with the given texts', () => {
  const output = 'T001 a\n  green\n\nT002 b\n  red\n\nResult'
  expect(excerpt(output, ['T002 ', 'Result'])).toEqual([['T002 b', '  red'], ['Result']])
  expect(() => excerpt(output, ['T003 '])).toThrow('no block that begins with T003')
})

test('each line of the animation appears at its time, in its colours', () => {
  const lines = [
    { text: '$ npm run demo', at: 1 },
    { text: '  \u001b[31m✗ red\u001b[39m   <1 test>', at: 2.5 },
  ]
  const svg = animation('Demo', lines, 10)
  expect(svg).toContain('@keyframes k0{0%{opacity:0}10.00%{opacity:1}}')
  expect(svg).toContain('@keyframes k1{0%{opacity:0}25.00%{opacity:1}}')
  expect(svg).toMatch(/<tspan x="[\d.]+" class="red">✗<\/tspan><tspan x="[\d.]+" class="red">red</)
  expect(svg).toContain('>&lt;1 test&gt;<')
})

test('the published animation is small, has no script and names no folder of a machine', () => {
  const svg = readFileSync('docs/demo.svg', 'utf8')
  expect(svg.length).toBeLessThan(150_000)
  expect(svg).not.toMatch(/<script|redgreen-demo-|\/home\/|\/work\//)
  for (const label of ['refused', 'red', 'green', 'ticked']) expect(svg).toContain(`>${label}<`)
})

import { describe, expect, it } from 'vitest'
import { measuredIn, measuredLines } from '../../../src/workflow/testing/measurements.ts'

describe('the printed measurements of a program', () => {
  it('are kept unchanged, and nothing else is kept', () => {
    const output = `ok 1 - starts
Latency: 95ms p95 (target: <100ms)
Sustained 1200 req/s, target 1000 req/s
3 passed
the target is near
Statement coverage: 94.1 %
All files |   91.2 |    80 |
TOTAL      120     6    95%
`
    expect(measuredLines(output)).toEqual([
      'Latency: 95ms p95 (target: <100ms)',
      'Sustained 1200 req/s, target 1000 req/s',
      'Statement coverage: 94.1 %',
      'All files |   91.2 |    80 |',
      'TOTAL      120     6    95%',
    ])
  })

  it('are limited in number and length', () => {
    const many = Array.from({ length: 50 }, (_, at) => `${at} ms, target 7 ms`).join('\n')
    expect(measuredLines(many)).toHaveLength(10)
    expect(measuredLines(`${'x'.repeat(500)} 1 ms target 2 ms`)).toEqual([])
  })
})

describe('the target of a measured value', () => {
  it.each([
    ['Latency: 95ms p95 (target: <100ms)', true],
    ['p95 latency 130 ms, target < 100 ms', false],
    ['Throughput 1,200 req/s (target: at least 1,000 req/s)', true],
    ['coverage 79.5% (threshold ≥ 80%)', false],
    ['Memory: 80 MB, goal at most 80 MB', true],
  ])('of "%s" is compared: %s', (text, met) => {
    expect(measuredIn(text)).toEqual({ text, met })
  })

  it.each([
    ['Sustained 1200 req/s, target 1000 req/s'],
    ['Latency 95 ms (target < 1 s)'],
    ['target: < 100ms'],
    ['All files | 91.2 | 80 |'],
  ])('of "%s" is not compared', text => {
    expect(measuredIn(text)).toEqual({ text })
  })
})

import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { plotOf } from '../../scripts/bench/plot.ts'

const GROWTH = [
  { x: 10, y: 1 },
  { x: 100, y: 10 },
  { x: 1_000, y: 100 },
]

describe('a plot of durations', () => {
  it('is valid XML with the names of its lines, also with special characters', () => {
    const svg = plotOf('Time of "next"', 'tasks & more', [{ name: '<ours>', points: GROWTH }])
    expect(XMLValidator.validate(svg)).toBe(true)
    expect(svg).toContain('>&lt;ours&gt;<')
    expect(svg).toContain('>tasks &amp; more<')
  })

  it('draws a proportional growth as a straight line, with both axes in powers of ten', () => {
    const svg = plotOf('Time', 'tasks', [{ name: 'ours', points: GROWTH }])
    const places = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ])
    const [a = [], b = [], c = []] = places
    expect((b[0] ?? 0) - (a[0] ?? 0)).toBeCloseTo((c[0] ?? 0) - (b[0] ?? 0), 0)
    expect((a[1] ?? 0) - (b[1] ?? 0)).toBeCloseTo((b[1] ?? 0) - (c[1] ?? 0), 0)
    expect(svg).toContain('>1,000</text>')
    expect(svg).toContain('>100 ms</text>')
  })

  it('keeps the names of lines apart that end at the same place', () => {
    const same = [1, 2, 3].map(at => ({ name: `line ${at}`, points: GROWTH }))
    const heights = [...plotOf('Time', 'tasks', same).matchAll(/y="([\d.]+)">line/g)].map(([, y]) =>
      Number(y),
    )
    expect(heights).toHaveLength(3)
    expect(new Set(heights.map(height => Math.round(height / 16))).size).toBe(3)
  })

  it('leaves out a line without points', () => {
    const svg = plotOf('Time', 'tasks', [
      { name: 'ours', points: GROWTH },
      { name: 'not installed', points: [] },
    ])
    expect(svg).not.toContain('not installed')
  })
})

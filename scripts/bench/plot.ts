/** A line of a plot. */
export interface Series {
  name: string
  points: { x: number; y: number }[]
}

/**
 * An SVG with two logarithmic axes: milliseconds upwards, `label` to the right. It has no background and takes its colours from
 * the reader's light or dark mode.
 */
export function plotOf(title: string, label: string, series: readonly Series[]): string {
  const drawn = series.filter(({ points }) => points.length > 0)
  const all = drawn.flatMap(({ points }) => points)
  const x = axisOf(
    all.map(point => point.x),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = axisOf(
    all.map(point => point.y),
    HEIGHT - BOTTOM,
    TOP,
  )
  const grid = [
    ...x.ticks.map(tick => {
      const at = x.place(tick).toFixed(1)
      return `<path class="grid" d="M${at} ${TOP}V${HEIGHT - BOTTOM}"/><text x="${at}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${tick.toLocaleString('en-US')}</text>`
    }),
    ...y.ticks.map(tick => {
      const at = y.place(tick)
      return `<path class="grid" d="M${LEFT} ${at.toFixed(1)}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${(at + 4).toFixed(1)}" text-anchor="end">${tick.toLocaleString('en-US')} ms</text>`
    }),
  ]
  const ends = spacedOut(drawn.map(({ points }) => y.place(points.at(-1)?.y ?? 1)))
  const lines = drawn.map(({ name, points }, at) => {
    const places = points.map(point => [x.place(point.x).toFixed(1), y.place(point.y).toFixed(1)])
    const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5"/>`).join('')
    const path = places.map(place => place.join(' ')).join('L')
    return `<g class="s${at}"><path class="line" d="M${path}"/>${dots}<text x="${WIDTH - RIGHT + 12}" y="${((ends[at] ?? 0) + 4).toFixed(1)}">${escaped(name)}</text></g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
${style()}
</style>
<text class="title" x="${LEFT}" y="22">${escaped(title)}</text>
${grid.join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(label)}</text>
${lines.join('\n')}
</svg>
`
}

/** A logarithmic axis over whole powers of ten. */
function axisOf(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  const place = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from)
  return { place, ticks: Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at)) }
}

/** Moves labels apart that would overlap; the order stays. */
function spacedOut(places: readonly number[]): number[] {
  const order = places.map((_, at) => at).toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const result = [...places]
  order.forEach((index, at) => {
    const before = order[at - 1]
    if (before !== undefined)
      result[index] = Math.max(result[index] ?? 0, (result[before] ?? 0) + LABEL)
  })
  return result
}

function style(): string {
  const rules = (colours: readonly string[]) =>
    colours.map((colour, at) => `.s${at}{--c:${colour}}`).join('')
  return `text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#59636e}
.title{font-size:14px;font-weight:600;fill:#1f2328}
.grid{stroke:#d1d9e0;fill:none}
.line{stroke:var(--c);fill:none;stroke-width:2}
g circle,g text{fill:var(--c)}
.s0 .line{stroke-width:3.5}.s0 text{font-weight:700}
${rules(LIGHT)}
@media (prefers-color-scheme:dark){
text{fill:#9198a1}.title{fill:#f0f6fc}.grid{stroke:#3d444d}
g text{fill:var(--c)}
${rules(DARK)}
}`
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, character => names[character] ?? character)
}

/** Distinguishable also with red-green blindness; the first is ours. */
const LIGHT = ['#1a7f37', '#59636e', '#0969da', '#bc4c00', '#8250df']
const DARK = ['#3fb950', '#9198a1', '#4493f8', '#f0883e', '#ab7df8']

const WIDTH = 760
const HEIGHT = 400
const LEFT = 78
const RIGHT = 220
const TOP = 44
const BOTTOM = 58
/** Height of a label. */
const LABEL = 16

/** A line of terminal output, with ANSI colours, and the time in seconds when it appears. */
export interface TimedLine {
  text: string
  at: number
}

/**
 * An animated SVG of a terminal: each line appears at its time, and after `seconds` the animation starts again.
 * It contains no script, so GitHub shows it. Viewers without animation show all lines.
 */
export function animation(title: string, lines: readonly TimedLine[], seconds: number): string {
  const width =
    Math.ceil(Math.max(...lines.map(({ text }) => lengthOf(text))) * COLUMN) + 2 * MARGIN
  const height = TOP + lines.length * LINE + MARGIN
  const texts = lines.map(({ text }, at) => textElement(text, at)).filter(Boolean)
  const rules = lines.map(({ at }, index) => {
    const percent = ((at / seconds) * 100).toFixed(2)
    return `@keyframes k${index}{0%{opacity:0}${percent}%{opacity:1}}#l${index}{animation-name:k${index}}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;fill:#e6edf3;white-space:pre}
.bold{font-weight:bold}.dim{fill:#9198a1}.red{fill:#ff7b72}.green{fill:#56d364}.yellow{fill:#e3b341}.cyan{fill:#76e3ea}
@media (prefers-reduced-motion:no-preference){
g text{animation:${seconds.toFixed(1)}s step-end infinite}
${rules.join('\n')}
}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="#0d1117" stroke="#3d444d"/>
<circle cx="20" cy="17" r="5" fill="#ff5f57"/><circle cx="38" cy="17" r="5" fill="#febc2e"/><circle cx="56" cy="17" r="5" fill="#28c840"/>
<g>
${texts.join('\n')}
</g>
</svg>
`
}

interface Run {
  text: string
  column: number
  styles: string
}

/** Symbols may come from a font with another width, so each run of text has its own position. */
function textElement(line: string, at: number): string {
  const runs = runsOf(line).filter(({ text }) => text.trim() !== '')
  const spans = runs.map(({ text, column, styles }) => {
    const fixed = /^[█░]+$/.test(text) ? ` textLength="${(text.length * COLUMN).toFixed(1)}"` : ''
    const style = styles === '' ? '' : ` class="${styles}"`
    return `<tspan x="${(MARGIN + column * COLUMN).toFixed(1)}"${style}${fixed}>${escaped(text)}</tspan>`
  })
  const y = TOP + at * LINE + 13
  return spans.length === 0 ? '' : `<text id="l${at}" y="${y}">${spans.join('')}</text>`
}

function runsOf(line: string): Run[] {
  let styles: string[] = []
  let column = 0
  const runs: Run[] = []
  for (const part of `0m${line}`.split('\u001b[')) {
    const [prefix = '', code = ''] = /^(\d+)m/.exec(part) ?? []
    const style = STYLES[code]
    styles = style === undefined ? [] : [...styles, style]
    for (const text of part.slice(prefix.length).match(/[^ -~]+ *|[ -~]+/g) ?? []) {
      const lead = text.length - text.trimStart().length
      runs.push({ text: text.trim(), column: column + lead, styles: styles.join(' ') })
      column += text.length
    }
  }
  return runs
}

function lengthOf(line: string): number {
  return runsOf(line).reduce((end, { text, column }) => Math.max(end, column + text.length), 0)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The codes that `styleText` writes; every other code resets. */
const STYLES: Record<string, string> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
}

/** In pixels, for a monospaced font of 13 px. */
const COLUMN = 7.83
const LINE = 19
const MARGIN = 16
const TOP = 36

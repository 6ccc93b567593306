/** What a measurement found. */
export interface Report {
  /** For a reader of the terminal. */
  lines: string[]
  /** Markdown tables as docs/performance.md has them, by the name of the place there. */
  tables?: Record<string, string[]>
  /** SVG by file name in docs/performance/. */
  plots?: Record<string, string>
  /** Every single figure, for `--json`. */
  figures?: unknown
}

/** A Markdown table. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const rule = heads.map(() => '---')
  return [heads, rule, ...rows].map(cells => `| ${cells.join(' | ')} |`)
}

/** Milliseconds for a table: `4.2 ms`, `237 ms`, `2,293 ms`. */
export function inMilliseconds(ms: number): string {
  const shown = ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en-US')
  return `${shown} ms`
}

/** How long we take, as a multiple of another duration: `0.42 ×`, `1.3 ×`, `12 ×`. */
export function ratioOf(ours: number, other: number): string {
  const ratio = ours / other
  return `${ratio.toFixed(ratio < 1 ? 2 : ratio < 10 ? 1 : 0)} ×`
}

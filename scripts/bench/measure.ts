import { performance } from 'node:perf_hooks'

/** Runs something and returns its duration in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Minimum, median and maximum of some figures, with their unit. */
export function spread(figures: readonly number[], unit = 'ms'): string {
  const sorted = [...figures].sort((a, b) => a - b)
  const shown = [sorted[0], medianOf(sorted), sorted.at(-1)].map(figure => Math.round(figure ?? 0))
  return `${shown.join(' / ')} ${unit}`
}

export function medianOf(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const [low = 0, high = 0] = sorted.slice((sorted.length - 1) >> 1, half + 1)
  return sorted.length % 2 === 0 ? (low + high) / 2 : low
}

import type { PlayedCheat } from './run-attacks.ts'

/** The table of the cheats, a line for each; a way that was not caught is told below its row. */
export function cheatsText(played: readonly PlayedCheat[]): string {
  const rows = played.map(({ row, cheat, ok, ways }) => ({
    line: [
      String(row).padStart(2),
      cheat,
      namesOf(ways.map(({ caughtBy }) => caughtBy)),
      namesOf(ways.map(({ seen }) => seen.slice(0, LONGEST))),
      ok ? '✓' : '✗',
    ],
    missed: ways.filter(way => !way.ok),
  }))
  const head = ['#', 'cheat', 'caught by', 'seen', 'ok']
  const widths = head.map((word, at) =>
    Math.max(word.length, ...rows.map(({ line }) => line[at]?.length ?? 0)),
  )
  const told = (line: readonly string[]) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  return [
    told(head),
    ...rows.flatMap(({ line, missed }) => [
      told(line),
      ...missed.map(({ how, caughtBy, seen }) => `    ✗ ${how}: ${seen} instead of ${caughtBy}`),
    ]),
    '',
    summary(played),
  ].join('\n')
}

/** What stops its ways, each word once. */
export function namesOf(words: readonly string[]): string {
  return [...new Set(words)].join(', ')
}

const LONGEST = 40

function summary(played: readonly PlayedCheat[]): string {
  const ways = played.flatMap(cheat => cheat.ways)
  const through = ways.filter(({ ok }) => !ok).length
  return `${played.length} cheats, played in ${ways.length} ways: ${through === 0 ? 'none got through.' : `${through} got through.`}`
}

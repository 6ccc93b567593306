import type { AttackResult } from './run-attacks.ts'

/** The table of the cheats, a line for each; a way that was not caught is told below its row. */
export function attacksTable(results: readonly AttackResult[]): string {
  const rows = results.map(({ row, attack, ok, variants }) => ({
    line: [
      String(row).padStart(2),
      attack,
      namesOf(variants.map(({ caughtBy }) => caughtBy)),
      namesOf(variants.map(({ seen }) => seen.slice(0, LONGEST))),
      ok ? '✓' : '✗',
    ],
    missed: variants.filter(variant => !variant.ok),
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
    summary(results),
  ].join('\n')
}

/** What stops its ways, each word once. */
export function namesOf(words: readonly string[]): string {
  return [...new Set(words)].join(', ')
}

const LONGEST = 40

function summary(results: readonly AttackResult[]): string {
  const variants = results.flatMap(attack => attack.variants)
  const through = variants.filter(({ ok }) => !ok).length
  return `${results.length} cheats, played in ${variants.length} ways: ${through === 0 ? 'none got through.' : `${through} got through.`}`
}

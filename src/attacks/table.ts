import type { AttackResult } from './run-attacks.ts'
import { countOf } from '../plan/format-list.ts'

/** The results as a text table, one line for each attack; a variant that was not stopped has a line below its row. */
export function attacksTable(results: readonly AttackResult[]): string {
  const rows = results.map(({ row, attack, ok, variants }) => ({
    line: [
      String(row).padStart(2),
      attack,
      distinct(variants.map(({ stoppedBy }) => stoppedBy)),
      distinct(variants.map(({ result }) => result.slice(0, MAX_LENGTH))),
      ok ? '✓' : '✗',
    ],
    missed: variants.filter(variant => !variant.ok),
  }))
  const head = ['#', 'attack', 'stopped by', 'result', 'ok']
  const widths = head.map((word, at) =>
    Math.max(word.length, ...rows.map(({ line }) => line[at]?.length ?? 0)),
  )
  const formatLine = (line: readonly string[]) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  return [
    formatLine(head),
    ...rows.flatMap(({ line, missed }) => [
      formatLine(line),
      ...missed.map(
        ({ how, stoppedBy, result }) => `    ✗ ${how}: ${result} instead of ${stoppedBy}`,
      ),
    ]),
    '',
    summary(results),
  ].join('\n')
}

/** The distinct values as a list. */
export function distinct(values: readonly string[]): string {
  return [...new Set(values)].join(', ')
}

const MAX_LENGTH = 40

function summary(results: readonly AttackResult[]): string {
  const variants = results.flatMap(attack => attack.variants)
  const successful = variants.filter(({ ok }) => !ok).length
  return `${countOf(results.length, 'attack')} in ${countOf(variants.length, 'variant')}: ${successful === 0 ? 'none' : successful} succeeded.`
}

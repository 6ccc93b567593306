import type { EventOf } from '../../evidence/event.ts'

/** What a validation saw of the last checklist, and whose word stands for the rest; empty without one. */
export function standardsReport({ gates }: EventOf<'validation'>): string[] {
  const { checks = [] } = gates.find(({ name }) => name === 'standards') ?? {}
  const lines = checks.map(({ text, passed }) => `- ${text} ${passed ? '✓' : '✗'}`)
  return lines.length === 0 ? [] : ['## Standards', ...lines, '']
}

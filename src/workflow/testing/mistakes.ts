import type { RecordedTest } from '../../evidence/event-parts.ts'
import { mistakeIn } from '../../evidence/test-mistakes.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Context } from '../context/context.ts'
import { readableText } from './readable-text.ts'

/** The places of what looks like a mistake in failed tests, such as a misspelt name; empty if there is none. */
export function describeMistakes(context: Context, tests: readonly RecordedTest[]): string {
  const texts = new Map<string, string>()
  const places = tests
    .filter(({ reason }) => reason === 'error')
    .flatMap(test => {
      const text = texts.get(test.file) ?? readableText(context, test.file)
      texts.set(test.file, text)
      const mistake = mistakeIn(test, text)
      return mistake ? [`${test.file}:${mistake.line} (${mistake.what})`] : []
    })
  return formatList([...new Set(places)], 3)
}

import { headingText, rowsOf, type Row } from '../markdown.ts'
import { stripMarkup } from '../task-list/task-text.ts'

/** The lists below `Acceptance Scenarios` in each user story of a spec.md, by the label that tasks have, such as `US1`. */
export function storyScenarios(source: string): Record<string, string[]> {
  const stories = new Map<string, string[][]>()
  let story: { label: string; level: number } | undefined
  let isListed = false
  let current: string[] | undefined
  for (const row of rowsOf(source)) {
    if (row.kind === 'heading') {
      const [, number] = STORY.exec(headingText(row)) ?? []
      if (number !== undefined) story = { label: `US${number}`, level: row.level }
      else if (story && row.level <= story.level) story = undefined
    }
    if (row.kind === 'heading' || isLabel(row)) isListed = SCENARIOS.test(row.text)
    if (story && row.kind === 'item' && row.level === 0) {
      const text = row.text.slice(row.content)
      current = isListed ? [text] : undefined
      const own = stories.get(story.label)
      if (current && own) own.push(current)
      else if (current) stories.set(story.label, [current])
    } else if ((row.kind === 'text' || row.kind === 'item') && row.level > 0)
      current?.push(row.text.slice(row.content).trim())
    else if (row.kind !== 'blank') current = undefined
  }
  return Object.fromEntries([...stories].map(([label, list]) => [label, bounded(list)]))
}

/** Text such as `**Independent Test**: …` begins another part of the story. */
function isLabel({ kind, level, text }: Row): boolean {
  return kind === 'text' && level === 0 && /^\s*(\*\*|__)/.test(text)
}

/** Answers name the rest, and the specification has all of them. */
function bounded(scenarios: readonly string[][]): string[] {
  const texts = scenarios
    .map(lines => stripMarkup(lines.join(' ').slice(0, MAX_LENGTH)).trim())
    .filter(text => text !== '')
  const rest = texts.length - MAX_LISTED
  return rest > 0 ? [...texts.slice(0, MAX_LISTED), `… ${rest} more in spec.md`] : texts
}

const STORY = /\buser story (\d+)\b/i
const SCENARIOS = /\bacceptance (scenarios?|criteria|tests?)\b/i
const MAX_LISTED = 5
const MAX_LENGTH = 500

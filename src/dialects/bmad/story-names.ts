/** Is this the key of a story, such as `1-2-user-authentication`, or the name of its file in BMAD v4, such as `1.2.story`? */
export function isStory(key: string): boolean {
  return STORY.test(key) || isDottedStory(key)
}

/** Is this the name of a story of BMAD v4, such as `1.2.story`, `1.2.login` or `1.2.login.story`? */
export function isDottedStory(name: string): boolean {
  return DOTTED.test(name)
}

/** Is this the key of an epic or of its retrospective? */
export function isOfEpic(key: string): boolean {
  return /^epic-|-retrospective$/i.test(key)
}

/** The key of the epic of a story: `epic-1` for `1-2-login`. */
export function epicOf(story: string): string {
  return `epic-${STORY.exec(story)?.[1] ?? ''}`
}

/** Short numbers, because the name of a dated note, such as `2026-01-05-notes`, is none of a story. Epics may be split: `1a-2-login`. */
const STORY = /^(\d{1,3}[a-z]?)-\d{1,3}[a-z]?-./
const DOTTED = /^\d{1,3}\.\d{1,3}[a-z]?\.(?!md$)[a-z]/i

/** A documented gotcha of a framework. */
export interface Gotcha {
  framework: string
  topic: string
  /** What goes wrong, in a sentence. */
  text: string
  /** Code that has the problem, and code that avoids it; empty if none is shown. */
  bad: string
  good: string
  /** The language of the code, from the fence. */
  language: string
  /** How to detect it, in the author's words. */
  detection: string
  fix: string
  location: { path: string; line: number }
}

/** The display name of a gotcha, such as `Flask: Static files`. */
export function gotchaName({ framework, topic }: Gotcha): string {
  return `${framework}: ${topic}`
}

/** Where the gotchas file is, unless the settings name another path. */
export const DEFAULT_GOTCHAS_FILE = 'agents/framework-gotchas.md'

/** A trap of a framework that somebody has written down. */
export interface Gotcha {
  framework: string
  topic: string
  /** What happens, in a sentence. */
  text: string
  /** Code that falls into it, and code that does not; empty where none is shown. */
  bad: string
  good: string
  /** The language of the code, as the fence says. */
  language: string
  /** How it is found, in the author's words. */
  detection: string
  fix: string
  location: { path: string; line: number }
}

/** The word by which a gotcha is named, such as `Flask: Static files`. */
export function gotchaName({ framework, topic }: Gotcha): string {
  return `${framework}: ${topic}`
}

/** Where the file of known traps lies when nothing else is said. */
export const DEFAULT_GOTCHAS_FILE = 'agents/framework-gotchas.md'

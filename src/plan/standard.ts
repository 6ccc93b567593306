/** A point of a workflow's last checklist: what has to hold of the whole before a feature is over. */
export interface Standard {
  /** Unique in its list; the word by which people and settings speak of it. */
  name: string
  text: string
  /** Where it is written down, if it is. */
  location?: { path: string; line: number }
  /** The gate whose passing is just what it says. */
  gate?: 'tests' | 'types' | 'lint'
  /** Phases at whose end a person is asked just this. */
  phases: string[]
}

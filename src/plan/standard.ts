/** A standard that the whole feature has to meet before it is completed. */
export interface Standard {
  /** Unique in its list; humans and settings refer to it by this name. */
  name: string
  text: string
  /** Where it is documented, if it is. */
  location?: { path: string; line: number }
  /** The validation gate that checks exactly this. */
  gate?: 'tests' | 'types' | 'lint'
  /** Phases at whose end a human is asked exactly this. */
  phases: string[]
}

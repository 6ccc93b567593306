/** A heading above a line. */
export interface Heading {
  text: string
  /** 1–6. */
  level: number
  line: number
}

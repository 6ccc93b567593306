/** A made-up plan in a style that people use, and what a person reads in it. */
export interface Style {
  name: string
  text: string
  /**
   * In this order: each phase, its tasks as `line id [P] state` (`-` for a task without a mark), and `! line` for each problem
   * of the file.
   */
  reads: string[]
}

/** Lines without their common indentation. */
export function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}

/** The task of every example: one function, in the language that the project is tested in. */
export interface ExampleTask {
  title: string
  source: string
  test: string
}

/** The files of a small plan, by path. */
export type ExamplePlan = Readonly<Record<string, string>>

/** A small project of two tasks in one language: the first adds `size`, the second `push`. */
export interface Language {
  name: string
  /** All files except the tests, with the code before the work. */
  files: Record<string, string>
  /** The code after the first task, and after both. */
  one: Record<string, string>
  two: Record<string, string>
  /** The tests of both tasks, by file. If they share a file, the second text has both. */
  size: Record<string, string>
  push: Record<string, string>
  /** The weakened tests of the first task, which do not assert the size. */
  weak: Record<string, string>
  /** The tests are in the same file as the code. */
  inline?: true
  /** A comment of the language. */
  comment: string
  /** Runs only on request (REDGREEN_SLOW), because it takes minutes or resembles another one. */
  slow?: true
  /** Required programs. */
  programs: string[]
  /** Files and folders that have to exist, such as a repository of packages: nothing is downloaded. */
  paths?: string[]
  /** The npm package that runs it, if one does. */
  module?: string
}

/** A small project of two tasks in one language: the first adds `size`, the second `push`. */
export interface Language {
  name: string
  /** Everything but tests, with the code as it is before the work. */
  files: Record<string, string>
  /** The code with the first task done, and with both. */
  one: Record<string, string>
  two: Record<string, string>
  /** The tests of both tasks, by file; where both share it, the second text has both. */
  size: Record<string, string>
  push: Record<string, string>
  /** The tests of the first task, of which one does not ask for `size` any more. */
  weak: Record<string, string>
  /** The tests stand in the file of the code. */
  among?: true
  /** A comment of the language. */
  comment: string
  /** It takes minutes, or is much like another one: played on request. */
  slow?: true
  /** Programs that have to be there. */
  programs: string[]
  /** The npm package that runs it, if one does. */
  module?: string
}

/** A source file with one change that tests of its behaviour notice. */
export interface Mutant {
  /** Path in the workspace. */
  file: string
  /** Line of the change in the current text, from 1. */
  line: number
  /** The whole text of the file with the change. */
  text: string
  /** The whole body of a function is replaced, or one place in a line is changed. */
  scope: 'function' | 'line'
  /** The function that contains the change: `size`, `Stack.size`. */
  function?: string
  /** The kind of the new value, if the kind of the value that it replaces is not known. */
  guess?: string
  /** For example "Replacing the body of `size` with `return 0`", "Changing `<` to `>=` in line 12". */
  change: string
  /** A value is missing and nothing else. A test that notices only this asserts nothing about the value. */
  onlyAbsence: boolean
  /** False if survival says nothing about the tests, for example of a changed number or string. */
  counts: boolean
}

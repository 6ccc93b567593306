/** What the functions of a stand-in return: nothing, or again something that can be called and used. */
export type Returns = 'nothing' | 'stand-ins'

/** Two versions of a source file. A text is empty if the file does not exist. */
export interface Versions {
  file: string
  earlier: string
  current: string
}

/**
 * The earlier version of a file, in which stand-ins that do nothing replace what only the current version has. A test can load
 * it and shows whether it checks a result.
 */
export type StandIn = (versions: Versions, returns: Returns) => string

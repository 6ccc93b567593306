/** Names in the namespace of references that hold the state of projects on a remote. */

/**
 * The namespace. It lies beside that of the snapshots, so that a push of all snapshots does not push an old state of the project too.
 */
const SHARED_REFERENCES = 'refs/redgreen-shared'

/** The reference that holds the state of a project. */
export function projectReference(project: string): string {
  return `${SHARED_REFERENCES}/${encodeName(project)}/state`
}

/** Path of the state in the tree of the reference. */
export const STATE_FILE = 'state.json'

/** Path of an addition to a feature, in the tree of the reference. No folder has more than a hundred files, so each push stays small. */
export function additionPath(feature: string, version: number): string {
  const digits = String(version).padStart(6, '0')
  return `features/${encodeName(feature)}/${digits.slice(0, -2)}/${digits.slice(-2)}.json`
}

/** Git allows few characters in a name, and some file systems do not distinguish upper from lower case. */
function encodeName(name: string): string {
  return name.replaceAll(/[^a-z0-9_-]/gu, encoded)
}

function encoded(letter: string): string {
  return [...Buffer.from(letter)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
}

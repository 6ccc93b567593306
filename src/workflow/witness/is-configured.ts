import process from 'node:process'

/**
 * Does the user have a witness? Only their own environment decides: a repository cannot make the server send anything anywhere. A file of
 * its own, so that nothing else is loaded without one.
 */
export function hasWitness(): boolean {
  return (process.env['REDGREEN_WITNESS_URL'] ?? '') !== ''
}

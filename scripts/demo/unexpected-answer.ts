/** The server, or a command, answered differently than the scenario expects. */
export class UnexpectedAnswer extends Error {
  override name = 'UnexpectedAnswer'
}

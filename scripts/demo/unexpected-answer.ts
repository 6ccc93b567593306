/** The server answered otherwise than the play has it. */
export class Surprise extends Error {
  override name = 'Surprise'
}

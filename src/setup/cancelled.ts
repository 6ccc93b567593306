/** The user ended the questions. */
export class Cancelled extends Error {
  override name = 'Cancelled'
}

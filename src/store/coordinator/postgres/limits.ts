/** How long a server may keep others waiting, in milliseconds. */
export interface Limits {
  /** A server that decides and does nothing for so long loses its transaction. */
  idle: number
  /** How long a server waits for others that decide. Longer than `idle`, so that one frozen server makes no call of others fail. */
  lock: number
  /** For one statement, as the database measures it; includes the wait for the lock. */
  statement: number
  /** For an answer, as this process measures it. */
  answer: number
  /** For a connection. */
  connect: number
}

export const LIMITS: Limits = {
  idle: 10_000,
  lock: 15_000,
  statement: 20_000,
  answer: 25_000,
  connect: 5000,
}

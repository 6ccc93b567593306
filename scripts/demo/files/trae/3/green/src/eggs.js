const MINUTES = { soft: 5, medium: 7, hard: 10 }

/** The minutes to boil an egg of a firmness and a size. */
export function minutesFor({ firmness, size }) {
  if (!Object.hasOwn(MINUTES, firmness)) throw new Error(`Unknown firmness: ${firmness}.`)
  return MINUTES[firmness] + (size === 'large' ? 1 : 0)
}

const MINUTES = { soft: 5, medium: 7, hard: 10 }

/** The minutes to boil an egg of a firmness. */
export function minutesFor({ firmness }) {
  return MINUTES[firmness]
}

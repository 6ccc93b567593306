const KM_AN_HOUR = 4
const UP_AN_HOUR = 300
const DOWN_AN_HOUR = 500

/** Minutes of a walk of so many kilometres, with metres up and down. */
export function minutesOf({ km, up, down }) {
  refuse({ km, up, down })
  const along = km / KM_AN_HOUR
  const climb = up / UP_AN_HOUR + down / DOWN_AN_HOUR
  return 60 * (Math.max(along, climb) + Math.min(along, climb) / 2)
}

/** The minutes with a quarter of rest after every three hours, unless the walk ends there. */
export function withRests(minutes) {
  return minutes + 15 * Math.max(0, Math.ceil(minutes / 180) - 1)
}

function refuse(walk) {
  for (const [name, value] of Object.entries(walk)) {
    if (!(value >= 0)) throw new Error(`No walk: ${name} is ${value}.`)
  }
}

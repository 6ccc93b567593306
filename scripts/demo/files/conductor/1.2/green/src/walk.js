const KM_PER_HOUR = 4
const UP_PER_HOUR = 300
const DOWN_PER_HOUR = 500

/** The minutes of a walk of `km` kilometres, `up` metres up and `down` metres down. */
export function minutesOf({ km, up, down }) {
  validate({ km, up, down })
  const horizontal = km / KM_PER_HOUR
  const vertical = up / UP_PER_HOUR + down / DOWN_PER_HOUR
  return 60 * (Math.max(horizontal, vertical) + Math.min(horizontal, vertical) / 2)
}

function validate(walk) {
  for (const [name, value] of Object.entries(walk)) {
    if (!(value >= 0)) throw new Error(`Invalid walk: ${name} is ${value}.`)
  }
}

/** What a signpost says of so many minutes: `2 h 15`, never too short. */
export function signFor(minutes) {
  const quarters = Math.ceil(minutes / 15)
  return `${Math.floor(quarters / 4)} h ${String((quarters % 4) * 15).padStart(2, '0')}`
}

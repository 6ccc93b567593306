/** Minutes as a signpost shows them: `2 h 15`, rounded up to a quarter. */
export function signFor(minutes) {
  const quarters = Math.ceil(minutes / 15)
  return `${Math.floor(quarters / 4)} h ${String((quarters % 4) * 15).padStart(2, '0')}`
}

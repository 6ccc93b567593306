/** Can the seed be sown in this month (1 to 12)? */
export function isTime({ first, last }, month) {
  if (first <= last) return first <= month && month <= last
  return month >= first || month <= last
}

/** The sorted names of the seeds that can be sown in this month. */
export function sowable(seeds, month) {
  return seeds
    .filter(seed => isTime(seed, month))
    .map(({ name }) => name)
    .sort()
}

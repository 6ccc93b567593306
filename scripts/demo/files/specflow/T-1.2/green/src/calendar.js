/** May the seed go into the ground in this month (1 to 12)? */
export function isTime({ first, last }, month) {
  if (first <= last) return first <= month && month <= last
  return month >= first || month <= last
}

/** Names of the seeds whose time it is, sorted. */
export function sowable(seeds, month) {
  return seeds
    .filter(seed => isTime(seed, month))
    .map(({ name }) => name)
    .sort()
}

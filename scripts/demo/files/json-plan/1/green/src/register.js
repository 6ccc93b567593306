/** A register in memory; each find has a number and is handed over once. */
export function createRegister() {
  const finds = []
  return {
    add({ what = '', where, day }) {
      if (what.trim() === '') throw new Error('A find needs a description.')
      const find = { number: finds.length + 1, what, where, day }
      finds.push(find)
      return find
    },
    find: number => finds[number - 1],
    /** Throws if it was handed over before. */
    handOver(number, to) {
      const find = finds[number - 1]
      if (find.to !== undefined) throw new Error(`${find.to} has it.`)
      find.to = to
      return find
    },
    /** The finds that were not handed over. */
    lost: () => finds.filter(({ to }) => to === undefined),
  }
}

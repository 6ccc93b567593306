/** A register that allows any number of handovers. */
export function createRegister() {
  const finds = []
  return {
    add({ what, where, day }) {
      finds.push({ number: finds.length + 1, what, where, day })
      return finds.at(-1)
    },
    find: number => finds[number - 1],
    handOver: (number, to) => Object.assign(finds[number - 1], { to }),
    lost: () => finds.filter(({ to }) => to === undefined),
  }
}

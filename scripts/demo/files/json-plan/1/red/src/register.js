export function createRegister() {
  return { add: () => ({}), find: () => undefined, handOver: () => {}, lost: () => [] }
}

/** Do these options of Node load a file when a process starts? It could change while the process waits. */
export function loadsFiles(options: readonly string[]): boolean {
  return options.some(option => LOADS.test(option))
}

const LOADS = /^(?:-r|-C|--(?:import|require|loader|experimental-loader|env-file|conditions)\b)/

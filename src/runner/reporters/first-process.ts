import { ChildProcess } from 'node:child_process'

/**
 * Adds `--require FILE` to the next process that this one starts, a file that waits for a byte on standard input. Node's own code has its
 * functions of `child_process` already, so the method that they call is replaced until then.
 *
 * @returns lets the process continue
 */
export function holdFirstProcess(file: string): () => void {
  const { prototype } = ChildProcess
  const spawn: unknown = Reflect.get(prototype, 'spawn')
  if (typeof spawn !== 'function') return () => {}
  let held: unknown
  const restore = () => Reflect.set(prototype, 'spawn', spawn)
  const start = new Proxy(spawn, {
    apply(own, child: unknown, [options]: unknown[]) {
      restore()
      if (addArguments(options, ['--require', file])) held = child
      return Reflect.apply(own, child, [options])
    },
  })
  Reflect.set(prototype, 'spawn', start)
  return () => {
    restore()
    if (held instanceof ChildProcess) held.stdin?.write('\n')
  }
}

/** After the program, which is the first argument. */
function addArguments(options: unknown, added: readonly string[]): boolean {
  const args: unknown = Reflect.get(Object(options), 'args')
  if (!Array.isArray(args)) return false
  args.splice(1, 0, ...added)
  return true
}

import os from 'node:os'
import process from 'node:process'

/** The machine and its load, for a reader who compares figures. */
export function describeMachine(): string {
  const [processor] = os.cpus()
  const cores = `${os.availableParallelism()} cores (${processor?.model ?? os.arch()})`
  // Above the number of cores, the figures say little.
  const load = os.loadavg()[0]?.toFixed(1) ?? 'unknown'
  return `${cores}, ${os.type()}, Node ${process.versions.node}; load average before the measurement: ${load}.`
}

/** A turn, and how often the event loop had gone round and had been given events when it began. */
interface Turn {
  loopCount: number
  events: number
}

let current: Turn | undefined

/**
 * Stands for the current turn of the event loop: another object after anything was waited for. What was seen in a turn holds until its end,
 * because nothing that this process waits for has happened meanwhile.
 */
export function currentTurn(): object {
  const { loopCount, events } = performance.nodeTiming.uvMetricsInfo
  // After a timer, Node handles events before it comes to immediates; after the end of a process, only the immediate shows that time went on.
  if (current?.loopCount === loopCount && current.events === events) return current
  const begun = { loopCount, events }
  current = begun
  setImmediate(() => {
    if (current === begun) current = undefined
  }).unref()
  return begun
}

import type { Coordinator } from '../../../src/store/coordinator/coordinator.ts'
import { Client } from './client.ts'

/** A new project in a store. */
export interface SharedProject {
  /** Opens the store as another server does. */
  open(client: string): Promise<Coordinator>
  /** Ends a client as if its process was killed, whatever it does at the moment. */
  kill?(client: string): Promise<void>
  remove(): Promise<void>
}

/** What not every store has to do. */
export type Extra =
  /** It keeps which lines belong to one decision, and the order of lines in different chains. */
  | 'commits'
  /** It keeps the files that come with lines. */
  | 'attached'
  /** Leases expire by its own clock, whatever time the clients have. */
  | 'clock'
  /** The clients of a test can be killed. */
  | 'kill'

/** A store that the suite is run on. */
export interface TestedStore {
  name: string
  extras: readonly Extra[]
  start: () => Promise<SharedProject>
}

/** What a check works with. */
export interface Setting {
  /** The start of its random numbers. */
  seed: number
  open: (client: string) => Promise<Client>
  kill: (client: string) => Promise<void>
}

/** Something that every store has to do. It throws if the store does not. */
export interface Check {
  name: string
  needs?: Extra
  run: (setting: Setting) => Promise<void>
}

/** Runs a check in a new project. `wrap` may take something away from the store. */
export async function runCheck(
  { start }: TestedStore,
  { run }: Check,
  seed: number,
  wrap: (store: Coordinator) => Coordinator = store => store,
): Promise<void> {
  const project = await start()
  const opened: Coordinator[] = []
  try {
    await run({
      seed,
      async open(client) {
        const store = await project.open(client)
        opened.push(store)
        return new Client(client, wrap(store))
      },
      async kill(client) {
        await project.kill?.(client)
      },
    })
  } finally {
    for (const store of opened) await store.close()
    await project.remove()
  }
}

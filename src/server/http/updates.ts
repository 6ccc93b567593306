import {
  InMemoryServerEventBus,
  type ServerEvent,
  type ServerEventBus,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import { createHolder } from '../../store/leases/holder.ts'
import { toolFrontend } from '../frontend.ts'
import type { ReadCall } from '../resources.ts'
import { watchActive } from '../server.ts'
import { Watch } from '../watch.ts'

/** A client subscribes to the few resources that it shows. */
const MAX_RESOURCES = 100

/** Announces changed resources of a workspace to the streams of the 2026 protocol. Watches files only while there is a stream. */
export class Updates implements ServerEventBus {
  readonly #bus = new InMemoryServerEventBus()
  readonly #watch: Watch
  readonly #readCall: ReadCall
  /** Streams that begin: what they subscribe to is watched, and they do not listen yet. */
  #beginning = 0

  constructor(root: string) {
    this.#readCall = async feature => ({
      root,
      feature,
      holder: createHolder('', 'nobody', process.pid),
      frontend: toolFrontend,
      signal: new AbortController().signal,
      note: () => undefined,
    })
    const publish = async (uri: string) => this.publish({ kind: 'resource_updated', uri })
    this.#watch = new Watch(this.#readCall, publish)
  }

  /**
   * Starts to watch what this request subscribes to before `answer` answers it, so that every later change is announced. What nobody
   * listens to is not watched afterwards.
   */
  async around<T>(message: object, answer: () => Promise<T>): Promise<T> {
    this.#beginning += 1
    try {
      await this.#prepare(message)
      return await answer()
    } finally {
      this.#beginning -= 1
      this.#rest()
    }
  }

  async #prepare(message: object): Promise<void> {
    const { success, data } = listen.safeParse(message)
    if (!success) return
    const named = data.params.notifications.resourceSubscriptions ?? []
    const uris = named.filter(uri => uri.startsWith('redgreen://')).slice(0, MAX_RESOURCES)
    await watchActive(this.#watch, this.#readCall)
    await this.#watch.add(uris)
  }

  publish(event: ServerEvent): void {
    this.#bus.publish(event)
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    const stop = this.#bus.subscribe(listener)
    return () => {
      stop()
      this.#rest()
    }
  }

  #rest(): void {
    if (this.#bus.listenerCount + this.#beginning === 0) this.#watch.stop()
  }
}

const listen = z.looseObject({
  method: z.literal('subscriptions/listen'),
  params: z.looseObject({
    notifications: z.looseObject({ resourceSubscriptions: z.array(z.string()).optional() }),
  }),
})

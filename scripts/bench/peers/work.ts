import { setTimeout } from 'node:timers/promises'
import { timed } from '../measure.ts'
import { makeRepository, type Repository } from '../repository.ts'
import { titleOf, type Contestant, type PlanSize, type Session } from './contestant.ts'
import { openSession } from './session.ts'

/** A contestant with a project of its own, whose server is started when it is first needed. */
export class Work {
  readonly #contestant: Contestant
  readonly #repository: Repository
  #session: Session | undefined
  /** The next task that is not done. */
  #task: number

  constructor(contestant: Contestant, size: PlanSize) {
    this.#contestant = contestant
    this.#repository = makeRepository(contestant.files(size))
    this.#task = size.done + 1
  }

  /** Milliseconds until a new server has answered what is next. Neither its start is counted, nor the pause after it (in milliseconds). */
  async first(pause = 0): Promise<number> {
    await this.close()
    await this.#open()
    await setTimeout(pause)
    return this.next()
  }

  /** Milliseconds until the server has answered what is next. */
  async next(): Promise<number> {
    const { call } = await this.#open()
    let answer = ''
    const request = this.#contestant.next(this.#repository.root)
    const ms = await timed(async () => (answer = await call(request)))
    if (!answer.includes(titleOf(this.#task)))
      throw new Error(`The answer does not name "${titleOf(this.#task)}".`)
    return ms
  }

  /** Finishes the next task; returns what `measure` says of each call, such as its duration. */
  async finish(measure: (call: () => Promise<unknown>) => Promise<number>): Promise<number[]> {
    const session = await this.#open()
    const { root } = this.#repository
    const figures: number[] = []
    for (const request of await this.#contestant.finish(session, root, this.#task))
      figures.push(await measure(() => session.call(request)))
    if (!this.#contestant.isDone(root, this.#task))
      throw new Error(`"${titleOf(this.#task)}" is not done after the call.`)
    this.#task += 1
    return figures
  }

  async close(): Promise<void> {
    await this.#session?.close()
    this.#session = undefined
  }

  async remove(): Promise<void> {
    await this.close()
    this.#repository.remove()
  }

  async #open(): Promise<Session> {
    const { root } = this.#repository
    this.#session ??= await openSession(this.#contestant.start(root), root)
    return this.#session
  }
}

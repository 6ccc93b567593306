import { Account } from './account.ts'
import { acts, type Act, type Trick } from './acts.ts'
import type { Next, ToolName } from './answers.ts'
import type { Project } from './project.ts'
import { Surprise } from './surprise.ts'
import type { Wire } from './wire.ts'

/** Does what each answer names as the next step, with the files of the script, until nothing is left to do. */
export class Assistant {
  readonly #wire: Wire
  readonly #project: Project
  readonly #account = new Account()
  #task = ''

  constructor(wire: Wire, project: Project) {
    this.#wire = wire
    this.#project = project
  }

  async work(): Promise<void> {
    let next: Next = { tool: 'next_task', arguments: {} }
    for (let steps = 0; next.tool !== null; steps += 1) {
      if (steps > MOST_STEPS) throw new Surprise(`The work is not over after ${steps} steps.`)
      const { trick } = this.#act
      if (trick?.before === next.tool) await this.#try(trick)
      next = await this.#steps[next.tool](next.arguments)
    }
  }

  get #act(): Act {
    return acts[this.#task] ?? {}
  }

  readonly #steps: Record<ToolName, (args: Next['arguments']) => Promise<Next>> = {
    next_task: async args => {
      const answer = await this.#wire.nextTask(args)
      this.#task = answer.task?.id ?? ''
      return this.#account.begun(answer)
    },
    record_red: async args => {
      await this.#project.write(this.#task, 'red')
      const { tests = args['tests'], remark } = this.#act
      return this.#account.red(await this.#wire.recordRed({ ...args, tests }), remark)
    },
    record_green: async args => {
      const written = await this.#project.write(this.#task, 'green')
      return this.#account.green(await this.#wire.recordGreen(args), written)
    },
    mark_complete: async args => {
      const { refactor } = this.#act
      return this.#account.marked(await this.#wire.markComplete({ ...args, refactor }))
    },
    run_validation: async args => {
      const answer = await this.#wire.runValidation(args)
      const next = this.#account.validated(answer)
      if (!answer.passed) throw new Surprise('The finished feature is not valid.')
      return next
    },
  }

  async #try(trick: Trick): Promise<void> {
    this.#account.tried(trick.tells)
    if ('ticks' in trick) return this.#tickByHand(trick.ticks)
    if (trick.files) await this.#project.write(this.#task, 'trick')
    const refusal = await this.#wire.refused(trick.calls, trick.arguments, trick.refused)
    this.#account.refused(refusal)
    // Honest again: what was red is as it was.
    if (trick.before === 'record_green') await this.#project.write(this.#task, 'red')
  }

  /** A tick by hand is shown as a claim and counts for nothing. */
  async #tickByHand(task: string): Promise<void> {
    await this.#project.tick(task)
    const { progress } = await this.#wire.nextTask({})
    if (progress.claimed !== 1)
      throw new Surprise(`${task} ticked by hand is not shown as claimed.`)
    this.#account.claimed(task, progress)
    await this.#project.untick(task)
  }
}

/** Ten steps a task would be a great many. */
const MOST_STEPS = 120

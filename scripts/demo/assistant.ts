import { Account } from './reporter.ts'
import type { Next, ToolName } from './answers.ts'
import type { Act, Play, Tick, Trick } from './scenario.ts'
import type { Project } from './project.ts'
import { Surprise } from './unexpected-answer.ts'
import type { Terminal } from './terminal.ts'
import type { Wire } from './client.ts'

type PersonsCommand = 'approve' | 'confirm-phase' | 'confirm-standards'

/** Does what each answer names as the next step, with the files of the script, until nothing is left to do. */
export class Assistant {
  readonly #play: Play
  readonly #wire: Wire
  readonly #project: Project
  readonly #terminal: Terminal
  readonly #account = new Account()
  #task = ''
  #hasAsked = false

  constructor(play: Play, wire: Wire, project: Project, terminal: Terminal) {
    this.#play = play
    this.#wire = wire
    this.#project = project
    this.#terminal = terminal
  }

  async work(): Promise<void> {
    if (this.#play.approval) await this.#askPerson('approve', 'not_approved')
    let next: Next = { tool: 'next_task', arguments: {} }
    for (let steps = 0; next.tool !== null; steps += 1) {
      if (steps > MOST_STEPS) throw new Surprise(`The work is not over after ${steps} steps.`)
      const { trick } = this.#act
      if (trick?.before === next.tool) await this.#try(trick)
      next = await this.#steps[next.tool](next.arguments)
    }
  }

  get #act(): Act {
    return this.#play.acts[this.#task] ?? {}
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
      const answer = await this.#wire.markComplete({ ...args, refactor })
      const next = this.#account.marked(answer)
      const { needsPerson } = answer.phase
      if (needsPerson === undefined) return next
      this.#account.asked(needsPerson)
      await this.#askPerson('confirm-phase', 'phase_needs_person')
      return { tool: 'next_task', arguments: {} }
    },
    run_validation: async args => {
      if (this.#play.standards) await this.#askPerson('confirm-standards', 'phase_needs_person')
      const answer = await this.#wire.runValidation(args)
      const next = this.#account.validated(answer)
      if (!answer.passed) throw new Surprise('The finished feature is not valid.')
      return next
    },
  }

  /** Neither going on nor saying yes in the person's place works, which is told once; then the person says yes. */
  async #askPerson(command: PersonsCommand, refused: string): Promise<void> {
    const step = command === 'confirm-standards' ? 'run_validation' : 'next_task'
    const goingOn = await this.#wire.refused(step, {}, refused)
    const agreeing = await this.#terminal.withoutPerson([command], 1)
    if (!this.#hasAsked) {
      this.#account.tried('going on without a person')
      this.#account.refused(goingOn)
      this.#account.tried(`redgreen ${command}, in the person's place`)
      this.#account.refused(agreeing)
    }
    this.#hasAsked = true
    this.#account.agreed(command, await this.#terminal.withPerson(command))
  }

  async #try(trick: Trick): Promise<void> {
    this.#account.tried(trick.tells)
    if ('ticks' in trick) return this.#tickByHand(trick.ticks, trick.by)
    const putBack = trick.files ? await this.#project.pretend(this.#task) : undefined
    const refusal = await this.#wire.refused(trick.calls, trick.arguments, trick.refused)
    this.#account.refused(refusal)
    await putBack?.()
  }

  /** A tick by hand is shown as a claim and counts for nothing. */
  async #tickByHand(task: string, by: Tick): Promise<void> {
    const putBack = await this.#project.tick(by)
    const { progress } = await this.#wire.nextTask({})
    if (progress.claimed !== 1)
      throw new Surprise(`${task} ticked by hand is not shown as claimed.`)
    this.#account.claimed(task, progress)
    await putBack()
  }
}

/** Ten steps a task would be a great many. */
const MOST_STEPS = 120

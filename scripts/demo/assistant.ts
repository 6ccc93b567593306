import type { Next, ToolName } from './answers.ts'
import type { DemoClient } from './client.ts'
import type { Project } from './project.ts'
import { Reporter } from './reporter.ts'
import type { Attempt, Scenario, Step, Tick } from './scenario.ts'
import type { Terminal } from './terminal.ts'
import { UnexpectedAnswer } from './unexpected-answer.ts'

type HumanCommand = 'approve' | 'confirm-phase' | 'confirm-standards'

/** Makes each call that the previous answer names as the next step, with the files of the scenario, until none is left. */
export class Assistant {
  readonly #scenario: Scenario
  readonly #client: DemoClient
  readonly #project: Project
  readonly #terminal: Terminal
  readonly #reporter = new Reporter()
  #task = ''
  #hasAsked = false

  constructor(scenario: Scenario, client: DemoClient, project: Project, terminal: Terminal) {
    this.#scenario = scenario
    this.#client = client
    this.#project = project
    this.#terminal = terminal
  }

  async work(): Promise<void> {
    if (this.#scenario.approval) await this.#askHuman('approve', 'not_approved')
    let next: Next = { tool: 'next_task', arguments: {} }
    for (let calls = 0; next.tool !== null; calls += 1) {
      if (calls > MAX_CALLS)
        throw new UnexpectedAnswer(`The feature is not finished after ${calls} calls.`)
      for (const attempt of this.#step.attempts ?? [])
        if (attempt.before === next.tool) await this.#try(attempt)
      next = await this.#calls[next.tool](next.arguments)
    }
  }

  get #step(): Step {
    return this.#scenario.steps[this.#task] ?? {}
  }

  readonly #calls: Record<ToolName, (args: Next['arguments']) => Promise<Next>> = {
    next_task: async args => {
      const answer = await this.#client.nextTask(args)
      this.#task = answer.task?.id ?? ''
      return this.#reporter.started(answer)
    },
    record_red: async args => {
      await this.#project.write(this.#task, 'red')
      const { tests = args['tests'], note } = this.#step
      return this.#reporter.red(await this.#client.recordRed({ ...args, tests }), note)
    },
    record_green: async args => {
      const written = await this.#project.write(this.#task, 'green')
      return this.#reporter.green(await this.#client.recordGreen(args), written)
    },
    mark_complete: async args => {
      const { refactor } = this.#step
      const answer = await this.#client.markComplete({ ...args, refactor })
      const next = this.#reporter.marked(answer)
      const { needsPerson } = answer.phase
      if (needsPerson === undefined) return next
      this.#reporter.asked(needsPerson)
      await this.#askHuman('confirm-phase', 'phase_needs_person')
      return { tool: 'next_task', arguments: {} }
    },
    run_validation: async args => {
      if (this.#scenario.standards) await this.#askHuman('confirm-standards', 'phase_needs_person')
      const answer = await this.#client.runValidation(args)
      const next = this.#reporter.validated(answer)
      if (!answer.passed)
        throw new UnexpectedAnswer('The validation of the finished feature failed.')
      return next
    },
  }

  /** Shows once that the assistant can neither continue nor confirm by itself. Then the human confirms. */
  async #askHuman(command: HumanCommand, code: string): Promise<void> {
    const tool = command === 'confirm-standards' ? 'run_validation' : 'next_task'
    const continuing = await this.#client.refused(tool, {}, code)
    const confirming = await this.#terminal.withoutTty([command], 1)
    if (!this.#hasAsked) {
      this.#reporter.attempted('continue without the human')
      this.#reporter.refused(continuing)
      this.#reporter.attempted(`redgreen ${command}, run by the assistant`)
      this.#reporter.refused(confirming)
    }
    this.#hasAsked = true
    this.#reporter.confirmed(command, await this.#terminal.asHuman(command))
  }

  async #try(attempt: Attempt): Promise<void> {
    this.#reporter.attempted(attempt.description)
    if ('ticks' in attempt) return this.#tickByHand(attempt.ticks, attempt.by)
    const restore = attempt.files && (await this.#project.writeAttempt(this.#task, attempt.files))
    const refusal = await this.#client.refused(attempt.calls, attempt.arguments, attempt.refused)
    this.#reporter.refused(refusal)
    if (restore) await restore()
  }

  /** The server reports a box that was ticked by hand as unverified and does not count it. */
  async #tickByHand(task: string, by: Tick): Promise<void> {
    const restore = await this.#project.tick(by)
    const { progress } = await this.#client.nextTask({})
    if (progress.claimed !== 1)
      throw new UnexpectedAnswer(`${task}, ticked by hand, is not reported as unverified.`)
    this.#reporter.unverified(task, progress)
    await restore()
  }
}

/** About ten calls a task. */
const MAX_CALLS = 120

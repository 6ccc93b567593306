import { acts, type Act, type Trick } from './acts.ts'
import type { Answer, Next } from './answers.ts'
import { bar, coloured, event, more, print, wrapped } from './paper.ts'
import type { Project } from './project.ts'
import { Surprise } from './surprise.ts'
import type { Wire } from './wire.ts'

/** Does what each answer names as the next step, with the files of the script, until nothing is left to do. */
export class Assistant {
  readonly #wire: Wire
  readonly #project: Project
  #task = ''

  constructor(wire: Wire, project: Project) {
    this.#wire = wire
    this.#project = project
  }

  async work(): Promise<void> {
    let next: Next = { tool: 'next_task', arguments: {} }
    for (let steps = 0; next.tool !== null; steps += 1) {
      if (steps > MOST_STEPS) throw new Surprise(`The work is not over after ${steps} steps.`)
      next = await this.#follow(next)
    }
  }

  async #follow({ tool, arguments: args }: Next): Promise<Next> {
    const { trick } = this.#act
    if (trick && trick.before === tool) await this.#try(trick)
    switch (tool) {
      case 'next_task':
        return this.#begin(await this.#wire.next_task(args))
      case 'record_red':
        return this.#red(args)
      case 'record_green':
        return this.#green(args)
      case 'mark_complete':
        return this.#mark(args)
      case 'run_validation':
        return this.#validate(await this.#wire.run_validation(args))
      default:
        throw new Surprise(`The next step is ${tool}, which the play does not have.`)
    }
  }

  get #act(): Act {
    return acts[this.#task] ?? {}
  }

  #begin({ task, messages, alsoReady, next }: Answer<'next_task'>): Next {
    if (!task) return next
    this.#task = task.id
    const starting = messages.find(message => message.startsWith('Starting'))
    if (starting !== undefined) print(`\n${coloured('bold', starting)}`)
    const beside = alsoReady.map(({ id }) => id).join(', ')
    const also = beside === '' ? '' : ` · beside ${beside}`
    print(
      `\n${coloured('bold', task.id)} ${task.title} ${coloured('dim', `· ${task.kind}${also}`)}`,
    )
    return next
  }

  async #red(args: Next['arguments']): Promise<Next> {
    const written = await this.#project.write(this.#task, 'red')
    const { tests = args['tests'] } = this.#act
    const answer = await this.#wire.record_red({ ...args, tests })
    if (written.length === 0) more('the tests are there: an earlier task owes them')
    const failed = answer.tests.filter(({ outcome }) => outcome === 'failed')
    const [first] = failed
    const others = failed.length > 1 ? ` and ${failed.length - 1} more` : ''
    event('red', '✗', 'red', `${first?.id ?? ''}${others}`)
    if (first?.message !== undefined) more(first.message)
    return answer.next
  }

  async #green(args: Next['arguments']): Promise<Next> {
    const written = await this.#project.write(this.#task, 'green')
    const { counts, next } = await this.#wire.record_green(args)
    const seen = counts.passed > 0 ? `${counts.passed} passed, with ` : 'it is there: '
    event('green', '✓', 'green', `${seen}${written.join(', ')}`)
    return next
  }

  async #mark(args: Next['arguments']): Promise<Next> {
    const { refactor } = this.#act
    const answer = await this.#wire.mark_complete({ ...args, ...(refactor && { refactor }) })
    const { marked, suite, messages, progress } = answer
    const { passed, failed } = suite.counts
    if (suite.ran !== 'none')
      event('green', '✓', 'suite', `${suite.ran}: ${passed} passed, ${failed} failed`)
    for (const message of messages.filter(isNews)) more(message)
    for (const { path, line, from, to } of marked)
      event('green', '☑', 'marked', `${path}:${line}  ${from} → ${to}`)
    print(`  ${bar(progress)}`)
    const complete = messages.find(message => message.includes(' Complete ('))
    if (complete !== undefined) print(`\n${coloured('bold', complete)}`)
    return answer.next
  }

  #validate({ passed, attempt, gates, messages, next }: Answer<'run_validation'>): Next {
    print(`\n${coloured('bold', `Validation, attempt ${attempt}`)}\n`)
    for (const gate of gates)
      event(
        gate.passed ? 'green' : 'red',
        gate.passed ? '✓' : '✗',
        gate.name,
        gate.findings.join('; '),
      )
    for (const message of messages) more(message)
    if (!passed) throw new Surprise('The finished feature is not valid.')
    return next
  }

  async #try(trick: Trick): Promise<void> {
    event('yellow', '!', 'trick', trick.tells)
    if ('ticks' in trick) return this.#tickByHand(trick.ticks)
    if (trick.files) await this.#project.write(this.#task, 'trick')
    const refusal = await this.#wire.refused(trick.calls, trick.arguments, trick.refused)
    this.#tell('refused', refusal)
    if (trick.files && trick.before === 'record_green') await this.#project.write(this.#task, 'red')
  }

  /** A tick by hand is shown as a claim and counts for nothing. */
  async #tickByHand(task: string): Promise<void> {
    await this.#project.tick(task)
    const { progress } = await this.#wire.next_task({})
    if (progress.claimed !== 1)
      throw new Surprise(`${task} ticked by hand is not shown as a claim.`)
    this.#tell('claimed', `${task} is ticked, but was never seen to be done: it does not count`)
    print(`  ${bar(progress)}`)
    await this.#project.untick(task)
  }

  #tell(word: string, text: string): void {
    const [first = '', ...rest] = wrapped(text)
    event('yellow', '⊘', word, first)
    for (const line of rest) more(line)
  }
}

/** Ten steps a task would be a great many. */
const MOST_STEPS = 120

function isNews(message: string): boolean {
  return !(/^(→|Progress)/.test(message) || message.includes(' Complete ('))
}

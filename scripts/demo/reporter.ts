import type { Answer, Next, Progress } from './answers.ts'
import { bar, coloured, event, heading, more, print, wrapped } from './output.ts'

/** Tells what the server answered, a small block for each task. Every telling returns what comes next. */
export class Account {
  readonly #told = new Set<string>()

  begun({ task, messages, alsoReady, next }: Answer<'next_task'>): Next {
    if (!task) return next
    const phase = messages.find(message => message.startsWith('Starting '))
    if (phase !== undefined) heading(phase)
    const beside = alsoReady.map(({ id }) => id).join(' and ')
    const notes = [task.kind, ...(beside === '' ? [] : [`${beside} could go on beside it`])]
    print(`\n${coloured('bold', task.id)} ${task.title}`)
    print(`  ${coloured('dim', `proven as ${notes.join('; ')}`)}`)
    return next
  }

  red({ tests, next }: Answer<'record_red'>, remark: string | undefined): Next {
    const failed = tests.filter(({ outcome }) => outcome === 'failed')
    const [first] = failed
    const others = failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''
    event('red', '✗', 'red', `${first?.id ?? ''}${others}`)
    const { message = '' } = first ?? {}
    // `Expected values to be strictly equal:` says nothing without what follows.
    if (message !== '' && !message.endsWith(':')) more(message)
    if (remark !== undefined) more(remark)
    return next
  }

  green({ counts, next }: Answer<'record_green'>, written: readonly string[]): Next {
    const files = written.join(' and ')
    const passed = `${counts.passed} passed${files === '' ? '' : `, with ${files}`}`
    event('green', '✓', 'green', counts.passed > 0 ? passed : `there is ${files}`)
    return next
  }

  marked({ marked, suite, messages, progress, next }: Answer<'mark_complete'>): Next {
    if (suite.ran !== 'none') {
      event('green', '✓', 'suite', suiteSeen(suite))
      for (const message of messages) this.#tellOnce(message)
    }
    for (const { path, line, from, to } of marked)
      event('green', '☑', 'marked', `${path}:${line} ${from} → ${to}`)
    print(`  ${bar(progress)}`)
    const finished = messages.find(message => message.includes(' Complete ('))
    if (finished !== undefined) print(`\n${coloured('green', `✓ ${finished}`)}`)
    return next
  }

  validated({ attempt, gates, messages, next }: Answer<'run_validation'>): Next {
    heading(`Validation, attempt ${attempt}`)
    print()
    for (const { name, passed, summary, findings } of gates)
      event(
        passed ? 'green' : 'red',
        passed ? '✓' : '✗',
        name,
        passed ? summary : findings.join('; '),
      )
    for (const message of messages) more(message)
    return next
  }

  tried(tells: string): void {
    event('yellow', '!', 'trick', tells)
  }

  refused(refusal: string): void {
    const [first = '', ...rest] = wrapped(refusal.replace(/ Output: .*/, ''))
    event('yellow', '⊘', 'refused', first)
    for (const line of rest) more(line)
  }

  /** The question that a phase ends with. */
  asked(question: string): void {
    const [first = '', ...rest] = wrapped(question)
    print()
    event('cyan', '?', 'question', first)
    for (const line of rest) more(line)
  }

  /** A person did what only a person can do. */
  agreed(command: string, said: string): void {
    event('cyan', '☞', 'person', `types yes at a terminal, asked by redgreen ${command}`)
    more(said)
  }

  claimed(task: string, progress: Progress): void {
    event('yellow', '⊘', 'claimed', `${task} was never seen to be done, so the tick does not count`)
    print(`  ${bar(progress)}`)
  }

  #tellOnce(message: string): void {
    if (this.#told.has(message) || KNOWN.test(message)) return
    this.#told.add(message)
    more(message)
  }
}

/** Messages whose facts the block shows in its own way. */
const KNOWN = /^→|^Progress|^Starting | Complete \(|fail as expected/

/** The task was marked, so whatever fails in the suite is excused. */
function suiteSeen({ ran, counts }: Answer<'mark_complete'>['suite']): string {
  const { passed, failed } = counts
  const owed = failed > 0 ? `, ${failed} red until their code is written` : ''
  return `${ran}: ${passed} passed${owed}`
}

import type { Answer, Next, Progress } from './answers.ts'
import { bar, coloured, event, heading, more, print, wrapped } from './output.ts'

/** Prints what the server answers, one block for each task. Methods that print an answer return its next step. */
export class Reporter {
  readonly #printed = new Set<string>()

  started({ task, messages, alsoReady, next }: Answer<'next_task'>): Next {
    if (!task) return next
    const phase = messages.find(message => message.startsWith('Starting '))
    if (phase !== undefined) heading(phase)
    const parallel = alsoReady.map(({ id }) => id).join(' and ')
    const notes = [task.kind, ...(parallel === '' ? [] : [`${parallel} can run in parallel`])]
    print(`\n${coloured('bold', task.id)} ${task.title}`)
    print(`  ${coloured('dim', `kind ${notes.join('; ')}`)}`)
    return next
  }

  red({ tests, next }: Answer<'record_red'>, note: string | undefined): Next {
    const failed = tests.filter(({ outcome }) => outcome === 'failed')
    const [first] = failed
    const others = failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''
    event('red', '✗', 'red', `${first?.id ?? ''}${others}`)
    const message = first?.message?.replace(' + actual - expected', '') ?? ''
    // `Expected values to be strictly equal:` says nothing without the lines that follow.
    if (message !== '' && !message.endsWith(':')) more(message)
    if (note !== undefined) more(note)
    return next
  }

  green({ counts, next }: Answer<'record_green'>, written: readonly string[]): Next {
    const files = written.join(' and ')
    const passed = `${counts.passed} passed${files === '' ? '' : `, with ${files}`}`
    const exists = `${files} ${written.length === 1 ? 'exists' : 'exist'}`
    event('green', '✓', 'green', counts.passed > 0 ? passed : exists)
    return next
  }

  marked({ marked, suite, messages, progress, next }: Answer<'mark_complete'>): Next {
    if (suite.ran !== 'none') {
      event('green', '✓', 'suite', describeSuite(suite))
      for (const message of messages) this.#printOnce(message)
    }
    for (const { path, line, from, to } of marked)
      event('green', '☑', 'ticked', `${path}:${line} ${from} → ${to}`)
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

  attempted(description: string): void {
    event('yellow', '!', 'attempt', description)
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

  /** A human answered yes; `output` is the last line that the command printed. */
  confirmed(command: string, output: string): void {
    event('cyan', '☞', 'human', `answers yes at a terminal (redgreen ${command})`)
    more(output)
  }

  unverified(task: string, progress: Progress): void {
    event('yellow', '⊘', 'ignored', `${task} has no evidence, so the tick does not count`)
    print(`  ${bar(progress)}`)
  }

  #printOnce(message: string): void {
    if (this.#printed.has(message) || SHOWN_ELSEWHERE.test(message)) return
    this.#printed.add(message)
    more(message)
  }
}

/** Messages whose facts the block shows in its own way. */
const SHOWN_ELSEWHERE = /^→|^Progress|^Starting | Complete \(|fail as expected/

/** The task was marked, so all failures in the suite are expected. */
function describeSuite({ ran, counts }: Answer<'mark_complete'>['suite']): string {
  const { passed, failed } = counts
  const pending = failed > 0 ? `, ${failed} pending (their code is not written yet)` : ''
  return `${ran}: ${passed} passed${pending}`
}

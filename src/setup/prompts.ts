import process from 'node:process'
import { cancel, confirm, intro, isCancel, multiselect, select, text } from '@clack/prompts'
import { Cancelled } from './cancelled.ts'
import { safeText } from '../runner/safe-text.ts'

/** The questions of the set-up at a terminal. */
export const prompts = {
  begin: (title: string, found: string) => {
    // A terminal without a size would get one character in each line.
    if (process.stdout.columns === 0) process.stdout.columns = 80
    intro(title)
    show(found)
  },
  show,
  async choose(
    message: string,
    options: readonly { value: string; label: string }[],
    initialValues: readonly string[],
  ): Promise<string[]> {
    const answer = await multiselect({
      message,
      options: [...options],
      initialValues: [...initialValues],
      required: false,
    })
    return isCancel(answer) ? stop() : answer
  },
  async pick(message: string, options: readonly string[]): Promise<string> {
    const answer = await select({
      message,
      options: options.map(value => ({ value, label: value })),
    })
    return isCancel(answer) ? stop() : answer
  },
  async line(message: string): Promise<string> {
    const answer = await text({ message, defaultValue: '' })
    return isCancel(answer) ? stop() : answer.trim()
  },
  async agree(message: string): Promise<boolean> {
    const answer = await confirm({ message })
    return isCancel(answer) ? stop() : answer
  },
}

/** As it is: a box around it would break its lines. */
function show(shown: string): void {
  process.stdout.write(`${safeText(shown)}\n\n`)
}

function stop(): never {
  cancel('Nothing was written.')
  throw new Cancelled()
}

import { EventEmitter, once } from 'node:events'

/** The lines that all processes have printed. */
export class Progress {
  lines = 0
  isOver = false
  readonly #changed = new EventEmitter().setMaxListeners(0)

  add(lines: number): void {
    this.lines += lines
    this.#changed.emit('change')
  }

  end(): void {
    this.isOver = true
    this.#changed.emit('change')
  }

  /** Waits until the processes have printed so many more lines, or all have ended. */
  async after(lines: number): Promise<void> {
    const wanted = this.lines + lines
    while (this.lines < wanted && !this.isOver) await once(this.#changed, 'change')
  }
}

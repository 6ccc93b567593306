import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Share, TaskRow } from '../wire.ts'

/** Small things that several views show. */

const STAGES: Readonly<Record<string, { glyph: string; word: string }>> = {
  todo: { glyph: '○', word: 'open' },
  red: { glyph: '✕', word: 'red' },
  green: { glyph: '●', word: 'green' },
  done: { glyph: '✓', word: 'proven' },
}

/** The stage of a task: a sign, a word and a colour, of which each is enough. */
export function Stage({
  task,
}: {
  task: Pick<TaskRow, 'stage' | 'waived' | 'claimed' | 'failed'>
}) {
  const [name, { glyph, word }] = stageOf(task)
  return (
    <span class={`stage stage-${name}`}>
      <span aria-hidden="true">{glyph}</span> {word}
    </span>
  )
}

function stageOf({ stage, waived, claimed, failed }: Parameters<typeof Stage>[0]['task']) {
  if (failed) return ['failed', { glyph: '!', word: 'failed' }] as const
  if (waived) return ['waived', { glyph: '–', word: 'waived' }] as const
  if (claimed && stage !== 'done') return ['claimed', { glyph: '?', word: 'claimed' }] as const
  return [stage, STAGES[stage] ?? { glyph: '·', word: stage }] as const
}

/** A share as a bar and as numbers. */
export function Bar({ done, total, label }: Share & { label: string }) {
  return (
    <span class="share">
      <progress max={Math.max(total, 1)} value={done} aria-label={label} />
      <span class="number">
        {done}/{total}
      </span>
    </span>
  )
}

const TICK_MS = 10_000

/** A moment: how long ago, with the whole date as a title. */
export function Moment({ at }: { at: string }) {
  const [, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick(tick => tick + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const date = new Date(at)
  return (
    <time dateTime={at} title={date.toLocaleString()}>
      {ago(Date.now() - date.getTime())}
    </time>
  )
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 5) return 'now'
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`
}

/** A duration such as `0.4 s` or `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A command with a button that copies it. */
export function CommandLine({ command }: { command: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(command)
    setCopied(true)
  }
  return (
    <span class="command">
      <code>{command}</code>
      <button type="button" class="quiet" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </span>
  )
}

/** Says that something is not there, or not there yet. */
export function Note({ children }: { children: ComponentChildren }) {
  return <p class="note">{children}</p>
}

/** A part of a view with a heading. */
export function Section({
  title,
  extra,
  children,
}: {
  title: string
  extra?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <section class="part">
      <h2>
        {title} {extra}
      </h2>
      {children}
    </section>
  )
}

import { useState } from 'preact/hooks'
import type { EvidenceStep, OutputView, TestView } from '../wire.ts'
import { read } from './connection.ts'
import { Output } from './output.tsx'
import { duration, Moment } from './parts.tsx'

/** An event of a task, with everything that is known about it. */
export function Step({ step, workspace }: { step: EvidenceStep; workspace: string }) {
  const { kind, title, at, by, summary, run, notes, places, tests, share } = step
  return (
    <li class={`step ${kind}`}>
      <header>
        <h2>{title}</h2>
        <span class="dim">
          <Moment at={at} /> · {by}
          {run && ` · ${duration(run.durationMs)}`}
        </span>
        <code class="hash">{step.id}</code>
      </header>
      {summary !== '' && <p>{summary}</p>}
      {share && share.tried > 0 && (
        <p>
          <meter
            min={0}
            max={share.tried}
            value={share.noticed}
            aria-label="Share of noticed changes"
          />{' '}
          The tests noticed {share.noticed} of {share.tried} changes of the code.
        </p>
      )}
      {places.map(({ path, line, text }) => (
        <figure class="place" key={`${path}:${line}`}>
          <figcaption>
            Failed at{' '}
            <code>
              {path}:{line}
            </code>
          </figcaption>
          {text !== null && <pre>{text}</pre>}
        </figure>
      ))}
      {tests.length > 0 && <Tests tests={tests} />}
      {notes.map(note => (
        <p class="fact" key={note}>
          {note}
        </p>
      ))}
      {run && <RunDetails run={run} workspace={workspace} />}
    </li>
  )
}

const OUTCOMES: Readonly<Record<string, string>> = {
  passed: '✓',
  failed: '✕',
  errored: '!',
  skipped: '–',
  todo: '–',
}
const SHOWN_TESTS = 8

function Tests({ tests }: { tests: readonly TestView[] }) {
  const [isAll, setAll] = useState(false)
  const shown = isAll ? tests : tests.slice(0, SHOWN_TESTS)
  return (
    <>
      <ul class="tests">
        {shown.map(({ name, file, outcome, message }) => (
          <li key={`${file} ${name}`} class={outcome}>
            <span class="outcome">
              <span aria-hidden="true">{OUTCOMES[outcome] ?? '·'}</span> {outcome}
            </span>
            <span class="name">{name}</span>
            <code class="dim">{file}</code>
            {message !== null && <pre class="message">{message}</pre>}
          </li>
        ))}
      </ul>
      {tests.length > shown.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          All {tests.length} tests
        </button>
      )}
    </>
  )
}

function RunDetails({
  run,
  workspace,
}: {
  run: NonNullable<EvidenceStep['run']>
  workspace: string
}) {
  const [text, setText] = useState(run.output)
  const whole = async () => {
    const found = await read<OutputView>('output', { workspace, log: run.id })
    setText(found.text)
  }
  return (
    <details>
      <summary>
        Output{' '}
        <span class="dim">
          exit code {run.exitCode ?? 'none'} · {run.framework}
        </span>
      </summary>
      <code class="line dim">{run.command}</code>
      <Output text={text} />
      {run.hasLog && text === run.output && (
        <button type="button" class="quiet" onClick={() => void whole()}>
          Whole output
        </button>
      )}
    </details>
  )
}

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { PageDecision } from '../wire.ts'
import { textIn } from './connection.ts'
import { Ask, type DecisionPlace } from './decision.tsx'
import type { Live } from './live-data.ts'

/** A waiver needs a reason first: it is part of the question. */
export function Waive({
  title,
  place,
  isAuthorised,
  live,
  decide,
  children,
}: {
  title: string
  place: Pick<DecisionPlace, 'workspace' | 'feature'>
  isAuthorised: boolean
  live: Live
  /** The decision that the form describes, and its command. */
  decide: (form: HTMLFormElement, reason: string) => { decision: PageDecision; command: string }
  children?: ComponentChildren
}) {
  const [chosen, setChosen] = useState<ReturnType<typeof decide>>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { currentTarget } = event
    if (currentTarget instanceof HTMLFormElement)
      setChosen(decide(currentTarget, textIn(currentTarget, 'reason')))
  }
  return (
    <details class="waive">
      <summary>{title}</summary>
      <form onSubmit={submit}>
        {children}
        <label>
          because <input name="reason" required maxLength={500} />
        </label>
        <button type="submit">Continue</button>
      </form>
      {chosen && (
        <Ask
          key={chosen.command}
          place={place}
          decision={chosen.decision}
          command={chosen.command}
          isAuthorised={isAuthorised}
          live={live}
        />
      )}
    </details>
  )
}

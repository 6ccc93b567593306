import type { FeatureSummary, PageChannel, PageDecision, Wait, WorkspaceView } from '../wire.ts'
import type { Live } from './live-data.ts'
import { CommandLine, Note } from './parts.tsx'
import { QuestionText, useQuestion } from './question.tsx'
import { hrefOf } from './route.ts'
import { TokenForm } from './token-form.tsx'

const TITLES: Readonly<Record<PageDecision['step'], string>> = {
  approve: 'Approve the plan',
  'confirm-phase': 'Confirm a phase',
  'confirm-standards': 'Confirm standards',
  'mark-complete': 'Confirm a task',
  'allow-run': 'Allow more runs',
  waive: 'Waive a task',
  'waive-standard': 'Waive a standard',
}

const YES: Readonly<Record<PageDecision['step'], string>> = {
  approve: 'Approve',
  'confirm-phase': 'Confirm the phase',
  'confirm-standards': 'Confirm the checked ones',
  'mark-complete': 'Confirm the task',
  'allow-run': 'Allow one more',
  waive: 'Waive',
  'waive-standard': 'Waive',
}

const HOW_LATE =
  'and run `redgreen approve` in a terminal: the work has started, so the change counts only then.'

export interface DecisionPlace {
  workspace: Pick<WorkspaceView, 'name' | 'channel' | 'features'>
  feature: Pick<FeatureSummary, 'key' | 'id' | 'title' | 'isActive'>
  isSeveral: boolean
}

/** A decision that waits: what and why, the question of the terminal command word by word, and one button. */
export function Decision({
  place,
  wait,
  isAuthorised,
  live,
}: {
  place: DecisionPlace
  wait: Wait
  isAuthorised: boolean
  live: Live
}) {
  const { workspace, feature, isSeveral } = place
  const name = feature.isActive ? '' : ` --feature ${feature.id}`
  return (
    <article class="card waits">
      <header>
        <h2>{TITLES[wait.decision.step]}</h2>
        <a class="dim" href={hrefOf('plan', workspace.name, feature.key)}>
          {isSeveral ? `${workspace.name} · ` : ''}
          {feature.title}
        </a>
      </header>
      <p class="why">{wait.what}</p>
      <Ask
        place={place}
        decision={wait.decision}
        command={`${wait.command}${name}`}
        isAuthorised={isAuthorised}
        live={live}
      />
    </article>
  )
}

/** The question of a decision, and the button that answers it. What is shown is what is confirmed: its hash goes with the answer. */
export function Ask({
  place: { workspace, feature },
  decision,
  command,
  isAuthorised,
  live,
}: {
  place: Pick<DecisionPlace, 'workspace' | 'feature'>
  decision: PageDecision
  command: string
  isAuthorised: boolean
  live: Live
}) {
  const { question, agreed, setAgreed, problem, isBusy, answer } = useQuestion(
    { workspace: workspace.name, feature: feature.key, decision },
    { isAuthorised, live },
  )
  return (
    <>
      {question && <QuestionText question={question} agreed={agreed} onAgree={setAgreed} />}
      {!question && isAuthorised && <div class="question pending" aria-busy={problem === ''} />}
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <Answer
        channel={workspace.channel}
        hasStarted={workspace.features.some(({ at }) => at !== null)}
        isAuthorised={isAuthorised}
        command={command}
        label={YES[decision.step]}
        isReady={
          question !== undefined &&
          !isBusy &&
          (question.points.length === 0 || agreed.includes(true))
        }
        onAnswer={() => void answer()}
        onToken={live.refresh}
      />
    </>
  )
}

function Answer({
  channel,
  hasStarted,
  isAuthorised,
  command,
  label,
  isReady,
  onAnswer,
  onToken,
}: {
  channel: PageChannel
  hasStarted: boolean
  isAuthorised: boolean
  command: string
  label: string
  isReady: boolean
  onAnswer: () => void
  onToken: () => void
}) {
  if (channel !== 'open')
    return (
      <div class="answer">
        <Note>
          {channel === 'unnamed'
            ? `Decide in a terminal. To decide here, add "page" to approval.channels in redgreen.config.json ${hasStarted ? HOW_LATE : 'before the work starts.'}`
            : 'The settings were changed to allow the page after the work started. That needs an approval in a terminal:'}
        </Note>
        <CommandLine command={command} />
      </div>
    )
  return (
    <div class="answer">
      {isAuthorised ? (
        <button type="button" class="primary" disabled={!isReady} onClick={onAnswer}>
          {label}
        </button>
      ) : (
        <TokenForm onToken={onToken} />
      )}
      <span class="dim">
        or in a terminal: <code>{command}</code>
      </span>
    </div>
  )
}

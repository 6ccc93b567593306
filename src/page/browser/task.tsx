import type { Board, FeatureSummary, TaskEvidence, WorkspaceView } from '../wire.ts'
import { Changes } from './changes.tsx'
import { useData, type Live } from './live-data.ts'
import { ProofLine } from './proof-line.tsx'
import { Moment, Note, Section, Stage } from './parts.tsx'
import { Replay } from './replay.tsx'
import { hrefOf } from './route.ts'
import { Step } from './step.tsx'
import { Waive } from './waive.tsx'

export interface TaskPlace {
  workspace: WorkspaceView
  feature: FeatureSummary
}

/** Everything that proves a task. */
export function Task({
  place: { workspace, feature },
  name,
  board,
  live,
}: {
  place: TaskPlace
  name: string
  board: Board
  live: Live
}) {
  const where = { workspace: workspace.name, feature: feature.key }
  const { data, problem } = useData('task', { ...where, task: name }, live.revision)
  if (problem !== undefined) return <p class="problem">{problem}</p>
  if (!data) return <Note>Loading…</Note>
  const { task, steps } = data
  return (
    <article>
      <p class="back">
        <a href={hrefOf('plan', workspace.name, feature.key)}>← {feature.title}</a>
      </p>
      <Head task={task} />
      <ProofLine steps={steps} kind={task.kind} />
      {steps.length === 0 && <Note>Nothing is recorded about this task yet.</Note>}
      <ol class="steps">
        {steps.map(step => (
          <Step key={step.id} step={step} workspace={workspace.name} />
        ))}
      </ol>
      <Changes changes={data.changes} />
      <Files created={data.created} modified={data.modified} />
      <Section title="Check and decide">
        {data.canReplay && (
          <Replay
            where={where}
            task={task.id}
            isAuthorised={board.isAuthorised}
            onToken={live.refresh}
          />
        )}
        {task.stage !== 'done' && !task.waived && (
          <Waive
            title="Accept this task as done without proof…"
            place={{ workspace, feature }}
            isAuthorised={board.isAuthorised}
            live={live}
            decide={(_form, reason) => ({
              decision: { step: 'waive', tasks: [task.id], reason },
              command: `redgreen waive ${task.id} --reason "${reason}"`,
            })}
          />
        )}
      </Section>
    </article>
  )
}

/** What the task asks for, and its state. */
function Head({ task }: Pick<TaskEvidence, 'task'>) {
  return (
    <>
      <h1>
        <span class="id">{task.id}</span> {task.title}
      </h1>
      <p class="facts">
        <Stage task={task} />
        <span>
          kind <strong>{task.kind}</strong> ({task.kindReason})
        </span>
        {task.holder && (
          <span>
            {task.holder.name}, since <Moment at={task.holder.since} />
          </span>
        )}
        {task.dependsOn.length > 0 && <span>after {task.dependsOn.join(', ')}</span>}
        <code>{task.location}</code>
      </p>
      {task.changed !== null && <p class="problem">It was “{task.changed}” when it was started.</p>}
      {task.acceptance.length > 0 && (
        <ul class="acceptance">
          {task.acceptance.map(text => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Files({ created, modified }: { created: readonly string[]; modified: readonly string[] }) {
  if (created.length + modified.length === 0) return null
  return (
    <Section title="Files">
      <ul class="files">
        {created.map(file => (
          <li key={file}>
            <code>{file}</code> <span class="dim">created</span>
          </li>
        ))}
        {modified.map(file => (
          <li key={file}>
            <code>{file}</code> <span class="dim">modified</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

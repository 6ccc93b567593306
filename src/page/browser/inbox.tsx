import type { Board, FeatureSummary, Wait, WorkspaceView } from '../wire.ts'
import { Decision } from './decision.tsx'
import type { Live } from './live-data.ts'
import { Moment, Note, Section } from './parts.tsx'
import { hrefOf } from './route.ts'
import { RunLine } from './runs.tsx'
import { WaiveStandard } from './waive-standard.tsx'

/** A decision that something waits for, with where it is. */
interface Item {
  workspace: WorkspaceView
  feature: FeatureSummary
  wait: Wait
}

/** Everything that waits for a human, in every workspace. */
export function itemsOf({ workspaces }: Board): Item[] {
  return workspaces.flatMap(workspace =>
    workspace.features.flatMap(feature =>
      feature.waits.map(wait => ({ workspace, feature, wait })),
    ),
  )
}

export function Inbox({ board, live }: { board: Board; live: Live }) {
  const items = itemsOf(board)
  return (
    <>
      <h1>Inbox</h1>
      {items.length === 0 ? (
        <Note>Nothing waits for you.</Note>
      ) : (
        <ul class="cards">
          {items.map(({ workspace, feature, wait }) => (
            <li key={`${workspace.name} ${feature.key} ${JSON.stringify(wait.decision)}`}>
              <Decision
                place={{ workspace, feature, isSeveral: board.workspaces.length > 1 }}
                wait={wait}
                isAuthorised={board.isAuthorised}
                live={live}
              />
              {wait.standards.length > 0 && (
                <WaiveStandard
                  standards={wait.standards}
                  place={{ workspace, feature }}
                  isAuthorised={board.isAuthorised}
                  live={live}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Now board={board} />
    </>
  )
}

/** Who works on what at the moment, and which runs are in progress. */
function Now({ board }: { board: Board }) {
  const working = board.workspaces.flatMap(workspace =>
    workspace.features.flatMap(feature =>
      feature.working.map(task => ({ workspace, feature, task })),
    ),
  )
  const runs = board.workspaces.flatMap(workspace =>
    workspace.runs.map(run => ({ workspace, run })),
  )
  return (
    <Section title="Now">
      {working.length === 0 && runs.length === 0 && <Note>No assistant is at work.</Note>}
      <ul class="lines">
        {working.map(({ workspace, feature, task }) => (
          <li key={`${workspace.name} ${feature.key} ${task.task}`}>
            <a href={hrefOf('task', workspace.name, feature.key, task.task)}>
              <span class="id">{task.task}</span> {task.title}
            </a>
            <span class="dim">
              {board.workspaces.length > 1 && `${workspace.name} · `}
              {task.stage === 'todo' ? 'started' : task.stage} · {task.holder} ·{' '}
              <Moment at={task.since} />
            </span>
          </li>
        ))}
        {runs.map(({ workspace, run }) => (
          <li key={run.run}>
            <RunLine run={run} workspace={workspace} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

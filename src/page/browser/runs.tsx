import { useEffect, useRef, useState } from 'preact/hooks'
import type { Board, OutputView, RunView, WorkspaceView } from '../wire.ts'
import { read, Refused, send } from './connection.ts'
import { Output } from './output.tsx'
import { Moment, Note } from './parts.tsx'
import { hrefOf } from './route.ts'
import { say } from './status-line.tsx'
import { TokenForm } from './token-form.tsx'

/** Short enough for output that grows, and bounded: the server sends at most 64 KB each time. */
const INTERVAL_MS = 500
/** The page keeps the last part of a long output. */
const MOST_CHARACTERS = 200_000

/** The runs in progress of every process, each with its output as it grows. */
export function Runs({ board, onToken }: { board: Board; onToken: () => void }) {
  const live = board.workspaces.flatMap(workspace =>
    workspace.runs.map(run => ({
      workspace: workspace.name,
      run,
      name: runName(run, workspace) || run.feature || 'Run',
    })),
  )
  // A run that ends while somebody watches it stays until they leave.
  const seen = useRef(new Map<string, (typeof live)[number]>())
  for (const entry of live) seen.current.set(entry.run.run, entry)
  const isLive = (id: string) => live.some(({ run }) => run.run === id)
  return (
    <>
      <h1>Runs</h1>
      {live.length === 0 && (
        <Note>
          Nothing runs at the moment. The output of earlier runs is with the evidence of their
          tasks.
        </Note>
      )}
      {[...seen.current.values()].map(({ workspace, run, name }) => (
        <LiveRun
          key={run.run}
          workspace={workspace}
          run={run}
          name={name}
          isSeveral={board.workspaces.length > 1}
          isOver={!isLive(run.run)}
          isAuthorised={board.isAuthorised}
          onToken={onToken}
        />
      ))}
    </>
  )
}

/** The tasks that a run is for, with their titles. Empty if nobody knows. */
function runName(
  { tasks, feature }: RunView,
  { features }: Pick<WorkspaceView, 'features'>,
): string {
  const working = features.find(({ key }) => key === feature)?.working ?? []
  return tasks
    .map(id => `${id} ${working.find(({ task }) => task === id)?.title ?? ''}`.trimEnd())
    .join(', ')
}

/** A run in one line. */
export function RunLine({ run, workspace }: { run: RunView; workspace: WorkspaceView }) {
  return (
    <>
      <span class="pulse" aria-hidden="true" />
      <a href={hrefOf('runs')}>{runName(run, workspace) || 'Run'}</a>
      <span class="dim">
        running in {workspace.name} ·{' '}
        {run.tests !== null && `${run.tests} ${run.tests === 1 ? 'test' : 'tests'} so far · `}
        started <Moment at={run.since} />
      </span>
    </>
  )
}

function LiveRun({
  workspace,
  run,
  name,
  isSeveral,
  isOver,
  isAuthorised,
  onToken,
}: {
  workspace: string
  run: RunView
  name: string
  isSeveral: boolean
  isOver: boolean
  isAuthorised: boolean
  onToken: () => void
}) {
  const { text, tests } = useOutput(workspace, run.log)
  const [asksToken, setAsksToken] = useState(false)
  const stop = async () => {
    if (!isAuthorised) return setAsksToken(true)
    try {
      await send('stop', { workspace, run: run.run })
      say('The run was stopped.')
    } catch (error) {
      say(error instanceof Refused ? error.message : 'The server cannot be reached.')
    }
  }
  return (
    <article class="card">
      <header>
        <RunHead
          workspace={workspace}
          run={run}
          name={name}
          isSeveral={isSeveral}
          isOver={isOver}
          tests={tests ?? run.tests}
        />
        {!isOver && (
          <button type="button" class="danger" onClick={() => void stop()}>
            Stop
          </button>
        )}
      </header>
      {asksToken && !isAuthorised && <TokenForm onToken={onToken} />}
      <code class="line cut" title={run.command}>
        {run.command}
      </code>
      <Output text={run.log === null ? 'This run has no output of its own.' : text} follows />
    </article>
  )
}

function RunHead({
  workspace,
  run: { tasks, feature, since },
  name,
  isSeveral,
  isOver,
  tests,
}: {
  workspace: string
  run: RunView
  name: string
  isSeveral: boolean
  isOver: boolean
  tests: number | null
}) {
  const [task] = tasks
  return (
    <>
      <h2>
        {!isOver && <span class="pulse" aria-hidden="true" />}{' '}
        {feature !== null && task !== undefined ? (
          <a href={hrefOf('task', workspace, feature, task)}>{name}</a>
        ) : (
          name
        )}
      </h2>
      <span class="dim">
        {isSeveral && `${workspace} · `}
        {tests !== null && (
          <strong>
            {tests === 1 ? '1 test' : `${tests} tests`}
            {isOver ? '' : ' so far'} ·{' '}
          </strong>
        )}
        {isOver && 'ended · '}started <Moment at={since} />
      </span>
    </>
  )
}

function useOutput(workspace: string, log: string | null): Pick<OutputView, 'text' | 'tests'> {
  const [state, setState] = useState<Pick<OutputView, 'text' | 'tests'>>({ text: '', tests: null })
  useEffect(() => {
    if (log === null) return undefined
    const controller = new AbortController()
    let offset: number | undefined
    let timer: ReturnType<typeof setTimeout>
    const follow = async () => {
      try {
        const part = await read<OutputView>('output', { workspace, log, offset }, controller.signal)
        offset = part.next
        setState(known => ({
          text: part.text === '' ? known.text : (known.text + part.text).slice(-MOST_CHARACTERS),
          tests: part.tests,
        }))
        if (part.isOver) return
      } catch {
        if (controller.signal.aborted) return
      }
      timer = setTimeout(() => void follow(), INTERVAL_MS)
    }
    void follow()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [workspace, log])
  return state
}

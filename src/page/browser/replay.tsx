import { useState } from 'preact/hooks'
import type { ReplayView } from '../wire.ts'
import { Refused, sendForLines } from './connection.ts'
import { TokenForm } from './token-form.tsx'

/** Runs the recorded RED and GREEN of a task again, each on its snapshot. */
export function Replay({
  where,
  task,
  isAuthorised,
  onToken,
}: {
  where: { workspace: string; feature: string }
  task: string
  isAuthorised: boolean
  onToken: () => void
}) {
  const [doing, setDoing] = useState('')
  const [result, setResult] = useState<ReplayView>()
  const [asksToken, setAsksToken] = useState(false)
  const start = async () => {
    if (!isAuthorised) return setAsksToken(true)
    setResult(undefined)
    setDoing('Running…')
    try {
      await sendForLines('replay', { ...where, task }, line => {
        if ('result' in line) {
          setResult(line.result)
          setDoing('')
        } else if ('refused' in line) setDoing(line.refused)
        else setDoing(`${line.done} of ${line.total} runs done…`)
      })
    } catch (error) {
      setDoing(error instanceof Refused ? error.message : 'The server cannot be reached.')
    }
  }
  return (
    <div class="replay">
      <button type="button" onClick={() => void start()}>
        Run again
      </button>{' '}
      <span class="dim" role="status">
        {doing || (result ? '' : 'Runs RED and GREEN again on their snapshots. Records nothing.')}
      </span>
      {asksToken && !isAuthorised && <TokenForm onToken={onToken} />}
      {result && <Result result={result} />}
    </div>
  )
}

function Result({ result: { runs, findings, notes } }: { result: ReplayView }) {
  const isSame = findings.length === 0 && notes.length === 0
  return (
    <div role="status">
      <p class={isSame ? 'good' : ''}>
        {runs === 1 ? '1 run was' : `${runs} runs were`} repeated.{' '}
        {isSame && '✓ Each shows what was recorded.'}
      </p>
      {findings.map(text => (
        <p class="problem" key={text}>
          {text}
        </p>
      ))}
      {notes.map(text => (
        <p class="fact" key={text}>
          {text}
        </p>
      ))}
    </div>
  )
}

import { useState } from 'preact/hooks'
import { forgetToken, keepToken, Refused, send, textIn } from './connection.ts'

/** Asks for the token once. It is checked before it is kept. */
export function TokenForm({ onToken }: { onToken: () => void }) {
  const [problem, setProblem] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const { currentTarget } = event
    if (!(currentTarget instanceof HTMLFormElement)) return
    // The whole address may be given too.
    keepToken(textIn(currentTarget, 'token').replace(/^http\S*#token=/, ''))
    try {
      await send('session', {})
      onToken()
    } catch (error) {
      forgetToken()
      setProblem(
        error instanceof Refused ? 'That is not the token.' : 'The server cannot be reached.',
      )
    }
  }
  return (
    <form class="token" onSubmit={event => void submit(event)}>
      <label>
        Token <input name="token" type="password" autocomplete="off" required size={24} />
      </label>
      <button type="submit">Use</button>
      <span class="dim" role="status">
        {problem || 'redgreen serve prints it at each start, after #token= in the address for you.'}
      </span>
    </form>
  )
}

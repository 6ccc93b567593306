import { useEffect, useState } from 'preact/hooks'
import type { DecisionResult, PageDecision, Question } from '../wire.ts'
import { Refused, send } from './connection.ts'
import type { Live } from './live-data.ts'
import { say } from './status-line.tsx'

/** Fetches a question if there is a token, and answers it. */
export function useQuestion(
  where: { workspace: string; feature: string; decision: PageDecision },
  { isAuthorised, live }: { isAuthorised: boolean; live: Live },
) {
  const key = JSON.stringify(where)
  const [shown, setShown] = useState<{ key: string; question: Question }>()
  const question = shown?.key === key ? shown.question : undefined
  const setQuestion = (question: Question) => setShown({ key, question })
  const [agreed, setAgreed] = useState<readonly boolean[]>([])
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const ask = async () => {
    try {
      setQuestion(await send<Question>('question', where))
      setProblem('')
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  useEffect(() => {
    // Another change of the files may not replace a question while it is read: the answer shows whether it still holds.
    if (isAuthorised && !question) void ask()
  }, [key, isAuthorised, question ? 0 : live.revision])

  const answer = async () => {
    if (!question) return
    setBusy(true)
    try {
      const points = question.points.map((_point, at) => agreed[at] === true)
      const body = { ...where, hash: question.hash, agreed: points }
      const result = await send<DecisionResult>('decision', body)
      if ('changed' in result) {
        setQuestion(result.changed)
        setAgreed([])
        setProblem(
          'This has changed since it was shown, or something that it includes has, so nothing was recorded. Read it again.',
        )
      } else if ('recorded' in result) {
        say(`Recorded: decided by ${result.person} on the page.`)
        // What is left of it, such as other standards, is a question of its own.
        setShown(undefined)
        setAgreed([])
        live.refresh()
      }
    } catch (error) {
      setProblem(messageOf(error))
    }
    setBusy(false)
  }
  return { question, agreed, setAgreed, problem, isBusy, answer }
}

/** The last line is the question itself. */
export function QuestionText({
  question: { text, points },
  agreed,
  onAgree,
}: {
  question: Question
  agreed: readonly boolean[]
  onAgree: (agreed: readonly boolean[]) => void
}) {
  const lines = text.split('\n')
  const asked = lines.at(-1) ?? ''
  const details = lines.slice(0, -1).join('\n')
  return (
    <div class="question">
      {details !== '' && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre tabIndex={0} role="region" aria-label="What is confirmed">
          {details}
        </pre>
      )}
      <p class="asked">{asked}</p>
      {points.map((point, at) => (
        <label class="point" key={point}>
          <input
            type="checkbox"
            checked={agreed[at] === true}
            onChange={({ currentTarget: { checked } }) =>
              onAgree(
                points.map((_point, index) => (index === at ? checked : agreed[index] === true)),
              )
            }
          />
          <span>{point}</span>
        </label>
      ))}
    </div>
  )
}

function messageOf(error: unknown): string {
  return error instanceof Refused ? error.message : 'The server cannot be reached.'
}

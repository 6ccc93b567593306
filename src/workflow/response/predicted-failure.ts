import type { EventOf } from '../../evidence/event.ts'
import { comparePrediction, type PredictionResult } from '../../evidence/predicted-failure.ts'
import { formatList } from '../../plan/format-list.ts'
import type { Task } from '../../plan/plan.ts'
import { oneLine } from '../../runner/safe-text.ts'
import type { Context } from '../context/context.ts'

/** How the plan says that the tests of a task fail before the code is written, and whether they did. */
export interface PredictedFailure {
  text: string
  path: string
  line: number
  seen: PredictionResult
}

/** The failure that the plan predicts; `undefined` if it predicts none. If it predicts several, one that occurred. */
export function predictedFailure(
  context: Context,
  red: EventOf<'red'>,
): PredictedFailure | undefined {
  const task = context.tasks.get(red.task)
  const messages = messagesOf(red)
  const all = (task?.testPlan?.failures ?? []).flatMap(({ text, line, isQuoted }) =>
    text === undefined
      ? []
      : [{ text, line, seen: comparePrediction({ text, isQuoted }, messages) }],
  )
  const found = all.find(({ seen }) => seen === 'yes') ?? all[0]
  return task && found && { ...found, path: task.location.path }
}

/** What the answer to a RED says about the prediction. Another failure may be as good, so nothing is refused. */
export function predictionNotes(context: Context, red: EventOf<'red'>): string[] {
  const predicted = predictedFailure(context, red)
  if (predicted === undefined) return []
  const place = `${predicted.path}, line ${predicted.line}`
  const { text, seen } = predicted
  if (seen === 'yes') return [oneLine(`The failure is the predicted one: "${text}" (${place}).`)]
  const [message = 'no message'] = messagesOf(red)
  const fact =
    seen === 'no'
      ? 'The failure that was seen is another one'
      : 'Compare it with the failure that was seen'
  return [
    oneLine(
      `${seen === 'no' ? '! ' : ''}The plan predicts "${text}" (${place}). ${fact}: ${message.slice(0, MAX_SHOWN)}`,
    ),
  ]
}

/** What the plan says about the tests of a task that starts. */
export function testPlanNotes({ testPlan, location }: Task): string[] {
  if (testPlan === undefined) return []
  const [failure] = testPlan.failures
  const parts = [
    ...(testPlan.files.length > 0 ? [`tests in ${formatList(testPlan.files, 3)}`] : []),
    ...(failure?.command === undefined ? [] : [`run with ${failure.command}`]),
    ...(failure?.text === undefined ? [] : [`failing first with "${failure.text}"`]),
  ]
  if (parts.length === 0) return []
  return [oneLine(`The plan (${location.path}) wants ${parts.join(', ')}.`)]
}

function messagesOf({ tests, loadErrors, run }: EventOf<'red'>): string[] {
  const messages = [
    ...tests.flatMap(({ outcome, message }) => (outcome === 'passed' ? [] : (message ?? []))),
    ...loadErrors.map(({ message }) => message),
  ]
  return messages.length > 0 ? messages : [run.output]
}

const MAX_SHOWN = 200

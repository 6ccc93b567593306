import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { demoAnswers, type DemoAnswer } from './demo-answers.ts'

/** Tokens that the answers of one tool cost, or of all tools. */
interface Cost {
  answers: number
  text: number
  /** Of the structured answers as JSON. A refusal has none. */
  structured: number
}

/** What the whole feature of the demo may cost. An earlier version took 11,054 and 23,393. */
export const goals = { text: 8_290, structured: 11_696 }

/** Plays the demo of a dialect through a real server and counts the tokens (o200k) of its answers, by tool. */
export async function measureTokens(dialect: string): Promise<string[]> {
  const answers = await demoAnswers(dialect)
  const accepted = answers.filter(({ code }) => code === undefined)
  const tools = [...new Set(accepted.map(({ tool }) => tool))]
  const line = (name: string, of: readonly DemoAnswer[]) => formatCost(name, costOf(of))
  return [
    ...tools.map(name =>
      line(
        name,
        accepted.filter(({ tool }) => tool === name),
      ),
    ),
    line(
      'refusals',
      answers.filter(({ code }) => code !== undefined),
    ),
    line('the whole feature', answers),
    `goal: at most ${goals.text} as text, ${goals.structured} as structured content`,
  ]
}

/** The tokens of some answers. */
export function costOf(answers: readonly DemoAnswer[]): Cost {
  const texts = answers.map(({ text }) => encode(text).length)
  const facts = answers.flatMap(({ code, data }) =>
    code === undefined ? [encode(JSON.stringify(data)).length] : [],
  )
  return { answers: answers.length, text: sum(texts), structured: sum(facts) }
}

function formatCost(name: string, { answers, text, structured }: Cost): string {
  return `${name}: ${answers} answers, ${text} tokens as text, ${structured} as structured content`
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0)
}

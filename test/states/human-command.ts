import { parseArgs } from 'node:util'
import { commands } from '../../src/cli/run-command.ts'
import { humanAt } from '../kit/human.ts'

/** A human types this command line, with `…` where they write words of their own, and says yes to every question. */
export async function humanCommand(root: string, line: string): Promise<Record<string, unknown>> {
  const [, name, ...argv] = line.split(' ')
  const command = commands.find(one => one.name === name)
  if (!command) throw new Error(`There is no command \`${line}\`.`)
  const options = { ...command.options, feature: { type: 'string' } } as const
  const { positionals, values } = parseArgs({ args: argv, options, allowPositionals: true })
  const known: Record<string, unknown> = values
  const text = (option: string) => {
    const value = known[option]
    return typeof value === 'string' ? value : undefined
  }
  const { call } = humanAt(root)
  const feature = text('feature')
  const { data } = await command.run(
    { ...call, ...(feature !== undefined && { feature }) },
    {
      positionals,
      text,
      list: option => [known[option]].flat().filter(value => typeof value === 'string'),
      flag: option => known[option] === true,
    },
  )
  return { data }
}

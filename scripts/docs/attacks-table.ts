import { attacks } from '../../src/attacks/index.ts'
import { namesOf } from '../../src/attacks/table.ts'
import { neighbours } from './other-tools.ts'

/** The README with the table of the cheats as it is now, between the two marks. */
export function withCheats(readme: string): string {
  const [before, rest] = split(readme, BEGIN)
  const [, after] = split(rest, END)
  return `${before}${BEGIN}\n${table()}\n${END}${after}`
}

const BEGIN = '<!-- cheats: written by npm run docs -->'
const END = '<!-- /cheats -->'

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  if (at < 0) throw new Error(`The README has no ${mark}`)
  return [text.slice(0, at), text.slice(at + mark.length)]
}

function table(): string {
  const rows = attacks.map(({ row, title: attack, variants }) => {
    const { taskMaster = UNTRIED, tddGuard = UNTRIED } = neighbours.get(row) ?? {}
    return [String(row), attack, caughtBy(variants), taskMaster, tddGuard]
  })
  const head = ['#', 'the cheat', 'redgreen', "task-master's autopilot", 'tdd-guard']
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

const UNTRIED = 'not tried'

function caughtBy(variants: (typeof attacks)[number]['variants']): string {
  return namesOf(variants.map(variant => WORDS[variant.caughtBy] ?? `\`${variant.caughtBy}\``))
}

/** What is no code and no command. */
const WORDS: Partial<Record<(typeof attacks)[number]['variants'][number]['caughtBy'], string>> = {
  verify: '`redgreen verify`',
  'verify --replay': '`redgreen verify --replay`',
  counted: 'counted, and not run',
  allowed: 'allowed: the test does fail without the code',
}

import { attacks } from '../../src/attacks/index.ts'
import { namesOf } from '../../src/attacks/table.ts'
import { otherTools } from './other-tools.ts'

/** docs/attacks.md, made from the attack suite. */
export function attacksPage(): string {
  const rows = attacks.map(({ row, title, variants }) => [
    String(row),
    title,
    String(variants.length),
    stoppedBy(variants),
  ])
  const other = otherTools.map(({ row, tool, observation }) => [String(row), tool, observation])
  return [
    '# Attacks',
    '',
    'Generated from `src/attacks` by `npm run docs`. Each row is something that an assistant may do instead of the work.',
    '`redgreen doctor --cheats` runs every variant of every row against the installed server, in a temporary project, and exits',
    'with 1 when one of them succeeds. The same attacks are tests of this repository.',
    '',
    ...tableOf(['#', 'attack', 'variants', 'stopped by'], rows),
    '',
    'A word in code font is a refusal code ([troubleshooting](troubleshooting.md)) or a command.',
    '',
    '## Other tools',
    '',
    'Observations from trying single attacks with other tools. A row that is missing here was not tried.',
    '',
    ...tableOf(['#', 'tool', 'observation'], other),
    '',
  ].join('\n')
}

function tableOf(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
}

type Variants = (typeof attacks)[number]['variants']

function stoppedBy(variants: Variants): string {
  return namesOf(variants.map(({ caughtBy }) => NAMES[caughtBy] ?? `\`${caughtBy}\``))
}

/** Results that are neither a refusal code nor a command. */
const NAMES: Partial<Record<Variants[number]['caughtBy'], string>> = {
  verify: '`redgreen verify`',
  'verify --replay': '`redgreen verify --replay`',
  counted: 'the limit: nothing runs',
  allowed: 'allowed: the test does fail without the code',
}

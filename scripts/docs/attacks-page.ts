import type { Attack } from '../../src/attacks/attack.ts'
import { attacks } from '../../src/attacks/index.ts'
import { distinct } from '../../src/attacks/table.ts'
import { generatedFrom, table } from './markdown.ts'

/** docs/attacks.md, from the attack suite. */
export function attacksPage(): string {
  return [
    '# Attacks',
    '',
    generatedFrom('`src/attacks`'),
    '',
    'Each attack is something that an assistant may do instead of the work. `redgreen doctor --cheats` runs every variant of every',
    'attack against the installed program, each in a temporary project, and exits with 1 if one of them succeeds. The same attacks',
    'are tests of this repository.',
    '',
    'A code such as `red_passes` is a refusal ([troubleshooting](troubleshooting.md)); a command names the check that reports the',
    'attack afterwards.',
    '',
    ...table(
      ['#', 'attack', 'how it is tried', 'stopped by'],
      attacks.map(({ row, title, variants }) => [
        String(row),
        title,
        variants.map(({ how }) => how).join('; '),
        distinct(variants.map(stoppedBy)),
      ]),
    ),
    '',
  ].join('\n')
}

type StoppedBy = Attack['variants'][number]['stoppedBy']

function stoppedBy({ stoppedBy }: Attack['variants'][number]): string {
  return NAMES[stoppedBy] ?? `\`${stoppedBy}\``
}

/** Results that are neither a refusal code nor a command of one word. */
const NAMES: Partial<Record<StoppedBy, string>> = {
  verify: '`redgreen verify`',
  'verify --replay': '`redgreen verify --replay`',
  'verify --allow assertion':
    '`redgreen verify --allow assertion`; the answers and every `verify` name it',
  counted: 'the limit: nothing runs',
  allowed: 'allowed: the test does fail without the code',
}

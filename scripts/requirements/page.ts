import { idsOf, type Row, type Shown, type Untested } from './row.ts'
import { conductor } from './rows/conductor.ts'
import { jsonPlan } from './rows/json-plan.ts'
import { specKitOutcomes } from './rows/spec-kit-outcomes.ts'
import { specKit } from './rows/spec-kit.ts'
import { specflow } from './rows/specflow.ts'

interface Section {
  title: string
  rows: readonly Row[]
}

const sections: readonly Section[] = [
  { title: 'SpecFlow and Maestro', rows: specflow },
  { title: 'Plans in JSON', rows: jsonPlan },
  { title: 'The conductor family', rows: conductor },
  { title: 'spec-kit', rows: [...specKit, ...specKitOutcomes] },
]

/** Every row, in the order of the page. */
export const rows: readonly Row[] = sections.flatMap(section => section.rows)

/** docs/requirements.md, made from the rows. */
export function requirementsPage(): string {
  const count = (how: string) => rows.filter(row => how in row).flatMap(idsOf).length
  const head = [
    '# Requirements',
    '',
    'Generated from `scripts/requirements` by `npm run docs`. These are the duties of the four workflows that the server reads, in our own words and numbered, with the test that fails when one is broken.',
    '',
    '| | requirements |',
    '| --- | --- |',
    `| shown by a test | ${count('shown')} |`,
    `| a matter of the assistant or of a person | ${count('assistant')} |`,
    `| built, with its test to come | ${count('untested')} |`,
    `| to come later | ${count('later')} |`,
    `| together | ${rows.flatMap(idsOf).length} |`,
    '',
  ]
  return [...head, ...sections.flatMap(table)].join('\n')
}

function table({ title, rows }: Section): string[] {
  return [
    `## ${title}`,
    '',
    '| | requirement | how it is met |',
    '| --- | --- | --- |',
    ...rows.map(row => `| ${nameOf(row)} | ${cell(row.text)} | ${cell(howOf(row))} |`),
    '',
  ]
}

function nameOf(row: Row): string {
  return 'id' in row ? row.id : row.ids
}

function howOf(row: Row): string {
  if ('shown' in row) return linkTo(row.shown)
  if ('untested' in row) return pointTo(row.untested)
  return 'assistant' in row ? `Assistant or person: ${row.assistant}` : `Later: ${row.later}`
}

function linkTo({ test, name, case: one }: Shown): string {
  const row = one === undefined ? '' : `, row ${code(one)}`
  return `[${test.slice('test/'.length)}](../${test}): ${code(name)}${row}`
}

function pointTo({ code: file, part }: Untested): string {
  return `Later: no test shows it yet; the code is ${code(part)} in [${file}](../${file}).`
}

/** Names are shown as they stand in the file, whatever they would mean in markdown. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}

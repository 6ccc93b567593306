import type { Problem, Task } from '../../plan/plan.ts'
import { headingText, rowsOf, type Row } from '../markdown.ts'
import { stripMarkup } from '../task-list/task-text.ts'
import type { Field } from './fields.ts'
import type { NumberedPlan } from './plan.ts'

/** The acceptance criteria of a requirements.md, by number: `2.3` is the third criterion of the second requirement. */
export type Criteria = Map<string, string>

/** Reads `### Requirement 2: …` with the list `1. WHEN … THEN …` below it. */
export function criteriaOf(source: string): Criteria {
  const criteria: Criteria = new Map()
  let requirement: string | undefined
  for (const row of rowsOf(source)) {
    if (row.kind === 'heading')
      requirement = requirementIn(headingText(row)) ?? keptIn(row, requirement)
    const [number, text] = row.kind === 'item' ? criterionIn(row, requirement) : []
    if (number !== undefined && text !== undefined && !criteria.has(number))
      criteria.set(number, text)
  }
  return criteria
}

/** A heading of the first levels without a number ends the requirement; one below it, such as "Acceptance Criteria", does not. */
function keptIn({ level }: Row, requirement: string | undefined): string | undefined {
  return level > 2 ? requirement : undefined
}

function requirementIn(heading: string): string | undefined {
  return /^(?:\p{L}[\p{L} ]{0,30})?[\s#-]*(\d{1,3}(?:\.\d{1,3})?)(?=$|[\s:：.、)—–-])/u.exec(
    heading,
  )?.[1]
}

function criterionIn(row: Row, requirement: string | undefined): [string, string] | [] {
  if (row.level > 0) return []
  const text = stripMarkup(row.text.slice(row.content))
  const [all = '', own] = /^(?:AC\s*)?(\d{1,3}\.\d{1,3})[.:：)]?\s+/.exec(text) ?? []
  if (own !== undefined) return [own, text.slice(all.length)]
  const ordinal = /^\s*(\d{1,3})[.)]/.exec(row.text)?.[1]
  return requirement === undefined || ordinal === undefined
    ? []
    : [`${requirement}.${ordinal}`, text]
}

/** The plan with the criteria that `_Requirements: 1.1, 2.3_` names as acceptance criteria of the tasks. */
export function withCriteria(plan: NumberedPlan, criteria: Criteria, path: string): NumberedPlan {
  const byRequirement = new Map<string, string[]>()
  for (const number of criteria.keys()) {
    const requirement = number.slice(0, number.lastIndexOf('.'))
    byRequirement.set(requirement, [...(byRequirement.get(requirement) ?? []), number])
  }
  const problems: Problem[] = []
  const tasks = plan.tasks.map((task): Task => {
    const own = (plan.fields.get(task.id) ?? []).filter(({ name }) => REQUIREMENTS.test(name))
    const found: string[] = []
    for (const field of own) {
      const named = expanded(field.value)
      const missing = criteria.size === 0 ? [] : named.filter(one => !isKnown(one))
      found.push(
        ...named.flatMap(one => byRequirement.get(one) ?? (criteria.has(one) ? [one] : [])),
      )
      if (missing.length > 0) problems.push(unknownText(task, field, missing, path))
    }
    const texts = [...new Set(found)].map(number => `${number} ${criteria.get(number) ?? ''}`)
    return texts.length === 0 ? task : { ...task, acceptance: [...task.acceptance, ...texts] }
  })
  return { ...plan, tasks, problems: [...plan.problems, ...problems] }

  function isKnown(number: string): boolean {
    return criteria.has(number) || byRequirement.has(number)
  }
}

function unknownText(
  task: Task,
  { line }: Field,
  missing: readonly string[],
  path: string,
): Problem {
  const text = `${task.id} refers to ${missing.join(', ')}, which ${path} does not have.`
  return { path: task.location.path, line, text }
}

/** The numbers in a list with ranges: `1.1-1.3, 2.4` names four criteria. */
function expanded(value: string): string[] {
  return [...value.matchAll(NUMBER)].flatMap(([, first = '', last]) => {
    const [, requirement = '', low = ''] = /^(.*?)(\d+)$/.exec(first) ?? []
    const high = last?.startsWith(requirement) === true ? last.slice(requirement.length) : last
    if (high === undefined || !/^\d+$/.test(high))
      return [first, ...(last === undefined ? [] : [last])]
    const count = Math.min(Number(high) - Number(low) + 1, MAX_RANGE)
    return Array.from(
      { length: Math.max(count, 1) },
      (_, at) => `${requirement}${Number(low) + at}`,
    )
  })
}

const REQUIREMENTS =
  /^(requirements?|reqs?|validates|需求|要求|要件|требовани[ея]|requisitos?|exigences?|anforderung(en)?|요구사항)$/u
const NUMBER =
  /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){0,2})(?:\s*[-–—~]\s*(\d{1,3}(?:\.\d{1,3}){0,2}))?(?![\w]|\.\d)/g
const MAX_RANGE = 100

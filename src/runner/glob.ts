import path from 'node:path'

/** Which paths a pattern stands for. */
export interface PathPattern {
  test(file: string): boolean
}

/** Is it a pattern, and not the name of a file or folder? */
export function isGlob(text: string): boolean {
  return /[*?[{]|[!@+]\(/.test(text)
}

/**
 * Matches the paths that a pattern such as `src/*.test.{js,ts}` stands for. `**` stands for any folders. Patterns come from repositories,
 * so the time grows with the length of the path and of the pattern only: all ways to match are followed at once, and none is tried again.
 */
export function globPattern(glob: string): PathPattern {
  const states: State[] = []
  const start = glob.length > MAX_LENGTH ? undefined : append(states, parts(glob), ACCEPT)
  return { test: file => start !== undefined && matches(states, start, file) }
}

/** A longer pattern matches nothing. */
const MAX_LENGTH = 2000

/** One character, then `next`; without a character, any of `next`. */
interface State {
  accepts?: (character: string) => boolean
  next: number[]
}

/** The state after the last character. */
const ACCEPT = -1

function parts(glob: string): string[] {
  return (
    path.posix
      .normalize(glob)
      .replace(/^\.\//, '')
      .replaceAll(/(?:\*\*\/)+/g, '**/')
      .match(GLOB_PART) ?? []
  )
}

const GLOB_PART = /\*\*\/|\*\*|[?*+@]\([^()]*\)|\*|\?|\{[^{}]*\}|\[[^\]]*\]|[^]/g

/** Adds the states of parts that are followed by `next`. Returns the first of them; `undefined` if nothing can match. */
function append(states: State[], all: readonly string[], next: number): number | undefined {
  let first: number | undefined = next
  for (const part of all.toReversed()) {
    if (first === undefined) return undefined
    first = appendPart(states, part, first)
  }
  return first
}

function appendPart(states: State[], part: string, next: number): number | undefined {
  if (part === '**/') {
    const slash = add(states, { accepts: character => character === '/', next: [next] })
    return add(states, { next: [next, repeated(states, () => true, slash)] })
  }
  if (part === '**') return repeated(states, () => true, next)
  if (part === '*') return repeated(states, isNotSlash, next)
  if (part === '?') return add(states, { accepts: isNotSlash, next: [next] })
  if (/^\{.*\}$/s.test(part)) return alternatives(states, part.slice(1, -1).split(','), next)
  if (/^\[.*\]$/s.test(part)) return characterClass(states, part, next)
  if (/^[?*+@]\(/.test(part)) return group(states, part, next)
  return add(states, { accepts: character => character === part, next: [next] })
}

function isNotSlash(character: string): boolean {
  return character !== '/'
}

function add(states: State[], state: State): number {
  return states.push(state) - 1
}

function repeated(states: State[], accepts: (character: string) => boolean, next: number): number {
  const again = add(states, { next: [next] })
  const one = add(states, { accepts, next: [again] })
  states[again]?.next.push(one)
  return again
}

function alternatives(states: State[], texts: readonly string[], next: number): number {
  const firsts = texts.map(text => append(states, text === '' ? [] : parts(text), next))
  return add(states, { next: firsts.filter(first => first !== undefined) })
}

/** A group such as `+(a|b)`: once, or as often as its sign says. */
function group(states: State[], part: string, next: number): number {
  const [sign = ''] = part
  const after = add(states, { next: [next] })
  const once = alternatives(states, part.slice(2, -1).split('|'), after)
  if (sign === '*' || sign === '+') states[after]?.next.push(once)
  return sign === '*' || sign === '?' ? add(states, { next: [once, next] }) : once
}

function characterClass(states: State[], part: string, next: number): number | undefined {
  try {
    const one = new RegExp(`^${part.replace(/^\[!/, '[^')}$`)
    return add(states, { accepts: character => one.test(character), next: [next] })
  } catch {
    // A class such as `[z-a]` matches nothing.
    return undefined
  }
}

function matches(states: readonly State[], start: number, file: string): boolean {
  let current = reached(states, [start])
  for (const character of file.split('')) {
    if (current.size === 0) return false
    const next = [...current].flatMap(at => {
      const state = states[at]
      return state?.accepts?.(character) ? state.next : []
    })
    current = reached(states, next)
  }
  return current.has(ACCEPT)
}

/** The states that are reached without a character. */
function reached(states: readonly State[], from: readonly number[]): Set<number> {
  const found = new Set<number>()
  const open = [...from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue
    found.add(at)
    const state = states[at]
    if (state && !state.accepts) open.push(...state.next)
  }
  return found
}

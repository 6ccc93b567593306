import { alsoBuilds, isBehaviour, SECOND_CLAUSE } from './behaviour-titles.ts'
import { isSource } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import { deliversInOtherLanguage } from './other-languages/deliveries.ts'

/** Does the task only deliver what was built: commit, merge, release or deploy it, or watch it afterwards? */
export function isDelivery({ title, files }: Pick<KindClues, 'title' | 'files'>): boolean {
  return !files.some(isSource) && delivers(title)
}

/** The same by the title alone. */
export function delivers(title: string): boolean {
  const text = title.replaceAll(/[`*_]/g, '').trim().slice(0, MAX_LENGTH)
  if (SECOND_CLAUSE.test(text) || alsoBuilds(text) || asksForMore(text)) return false
  if (deliversInOtherLanguage(text)) return true
  return !FOR_USERS.test(text) && !AT_RUNTIME.test(text) && DELIVERS.some(one => one.test(text))
}

/** What follows a colon or a bracket may be a task of its own: `Deploy: add a cache`. */
function asksForMore(text: string): boolean {
  const [, more = ''] = /[:;(—–]\s*(.+)$/.exec(text) ?? []
  return isBehaviour(more) || BUILDS.test(more)
}

const MAX_LENGTH = 300
const BUILDS =
  /^(add|create|build|make|write|introduce|develop|change|extend|fix|use|wire|refactor|move|remove)\b/i

/** What a program may deploy, publish or release for those who use it. */
const FOR_USERS =
  /\b(users?|customers?|tenants?|members?|guests?|subscribers?|authors?|orders?|posts?(?!-)|articles?|events?|messages|notifications?|queues?|seats?|locks?)\b/i

const AT_RUNTIME =
  /\b(when|whenever|each|every|automatically|on (push|merge|click|save|demand|request)|after (a|an|each|every))\b/i

const END = String.raw`\s*($|[.(:;[—–]|-\s)`
const WHAT =
  '(the|a|an|all|our|cloud|run|lambda|edge|new|final|current|latest|updated|whole|project|production|staging|landing|code|app|application|api|service|site|website|web|frontend|backend|front-end|back-end|server|client|worker|workers|functions?|contracts?|stack|infrastructure|infra|build|package|library|release|version|image|docker|helm|chart|docs|documentation|demo|page|changes|everything|database|migrations?|and|v?[0-9][0-9a-z.-]*)'
const PLACE = String.raw`(to|on|onto|at|via|with|using|through|from) (the |a |our )?[\w.@/ -]{1,40}`
const CHECKS = String.raw`,? (and|then|&) (then )?(verify|check|confirm|monitor|smoke[- ]test|test|validate|watch|tag|push|announce|wait)\b[^,;:]{0,80}`
const REGISTRY =
  '(npm|pypi|crates\\.io|maven( central)?|nuget|rubygems|docker hub|ghcr|github( packages)?|jsr|(the )?(package )?registry|production|(the )?app store|(the )?play store)'
const VERSION = String.raw`v?[0-9]+\.[0-9x]+[\w.-]*`
const MAIN = String.raw`(in)?(to|onto) (the )?(main|master|develop|trunk)( branch)?`

const DELIVERS: readonly RegExp[] = [
  rule(String.raw`(re-?)?deploy( ${WHAT})*( ${PLACE})?(${CHECKS})?`),
  rule(
    String.raw`((final|initial|first|production|staging|canary) )?(deployment|roll-?out|go-live)( (to|on) [\w. -]{1,30}| (verification|validation|check|smoke test))?`,
  ),
  rule(String.raw`(merge|release|tag (the |a )?(release|version))(?=\s*[.]?$)`),
  rule(
    String.raw`(release|ship|cut|tag) (the |a )?(release |version |tag )*${VERSION}(${CHECKS})?`,
  ),
  rule(
    String.raw`(publish|release|ship)( ${WHAT}| it| this| crate| gem)* (to|on|via) ${REGISTRY}[\w. -]{0,30}(${CHECKS})?`,
  ),
  rule(String.raw`publish (the |a |new )*(npm |python |docker )?(package|crate|gem|image)`),
  rule(
    String.raw`(create|cut|make|prepare|draft|publish|push|add) (the |a |an |new |final |first |annotated |signed )*((git|github|gitlab|release|version) )+(release|tag|branch)( (for|of|from|as|named|called) [\w./ -]{1,40}| ${VERSION})*(${CHECKS})?`,
  ),
  rule(
    String.raw`(create|cut|make|prepare|draft|publish) (the |a |an |new |final )*(release|tag|release tag|release candidate) ${VERSION}(${CHECKS})?`,
  ),
  rule(
    String.raw`(create|open|submit|raise|draft|prepare|merge) (the |a |an |new |final )*(pull request|merge request|pr)( (for|to|against|into|with) [\w./ -]{1,40})?(${CHECKS})?`,
  ),
  rule(
    String.raw`(git )?(commit|push)(,? (and )?(commit|push|tag|open (a )?(pr|pull request)))*( (all|the|your|my|our|these|remaining|current|code|work|changes|files|everything|it|branch|tests|tags?|implementation|phase|task|updates?|updated|plan|sha|record))*( ((to|on) (the )?(remote|origin|main|master|develop|github|gitlab|git)( (main|master|branch|repo(sitory)?))?|(with|using) (the |a |an )?([\w-]+ ){0,3}(commit )?(message|summary)\b[\w '"-]{0,60}))*((, | and |, and | then |, then )(attach|record|verify|check|confirm|open|push|tag|wait)\b[^,;:]{0,60})?`,
  ),
  rule(
    String.raw`(merge|rebase|squash) ((and merge )?(the |this |our )*(pr|pull request|mr|merge request|(feature |release )?branch)( ${MAIN})?|(the |this |all )*(changes|feature|everything|work)? ?${MAIN}|${MAIN})(${CHECKS})?`,
  ),
  rule(
    String.raw`record (the )?((task|phase|checkpoint|final) )*commit (sha|hash|id)s?( (in|of|to|into) (the |this )?(plan|track|task|commit|plan\.md))*`,
  ),
  rule(
    String.raw`post-?(deploy(ment)?|release|launch) (health checks?|verification|smoke tests?|checks?)`,
  ),
  rule(
    String.raw`(post-(release|launch|deploy(ment)?)\s*[:—–-]?\s*)?(monitor|watch|observe) (the |our )*(production|deployment|roll-?out|release|ci)( (logs|metrics|errors|error rates?))? (for|during|over) (the )?(first |next )?[\w ]{1,30}`,
  ),
]

function rule(words: string): RegExp {
  return new RegExp(`^(?:${words})${END}`, 'i')
}

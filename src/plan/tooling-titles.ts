import { alsoBuilds, BEHAVIOUR_VERB, isBehaviour, SECOND_CLAUSE } from './behaviour-titles.ts'
import { isConfigurationFile } from './file-role.ts'
import type { KindClues } from './kind-clues.ts'
import { isAbout, titleWords, type TitleWords } from './title-words.ts'

/** Does the task set up the project or its tools, not something for its users? */
export function isConfiguration({ title, files }: KindClues): boolean {
  if (isStructure({ title, files })) return true
  if (files.length > 0) return files.every(isConfigurationFile) && !BEHAVIOUR_VERB.test(title)
  const words = titleWords(title)
  if (!/^(configure|install|set-up|initiali[sz]e|upgrade|update|bump|add)$/.test(words.verb))
    return PROJECT_SETUP.test(title)
  if (PROJECT_SETUP.test(title)) return true
  if (words.verb === 'update' || words.verb === 'add')
    return isAbout(words, CLEARLY_TOOLING) && !/^between\b/i.test(words.rest)
  if (FOR_USERS.test(words.rest) || SECOND_CLAUSE.test(title)) return false
  if (
    words.verb === 'install' &&
    INSTALLED.test(words.objects.at(-1) ?? '') &&
    IN_PROJECT.test(words.rest)
  )
    return true
  if (isForProduct(words)) return false
  if (isNamedPackage(title)) return true
  return isAbout(words, TOOLING)
}

/** `Create src/ and tests/ directories and package.json`: folders, with at most configuration in them. */
function isStructure({ title, files }: Pick<KindClues, 'title' | 'files'>): boolean {
  const folders = files.filter(file => file.endsWith('/'))
  if (folders.length === 0 || isBehaviour(title) || alsoBuilds(title)) return false
  const others = files.filter(file => !folders.includes(file))
  return others.every(isConfigurationFile) && (others.length > 0 || FOLDERS.test(title))
}

/** `Install React Router`: names of packages alone. A program can install plugins, but these have no names in a title. */
function isNamedPackage(title: string): boolean {
  return PACKAGES.test(title.replaceAll(/[`*]/g, '')) && !INSTALLED_BY_USERS.test(title)
}

/** `Set up pipeline for video uploads` builds something, `Install dependencies for the frontend` does not. */
function isForProduct(words: TitleWords): boolean {
  return (
    /^(for|of|between|at|in|on|from|by|when)\b/i.test(words.rest) &&
    !FOR_PROJECT.test(words.rest) &&
    !isAbout(words, ALWAYS_TOOLING)
  )
}

const FOLDERS =
  /^(create|make|add|set[ -]?up|initiali[sz]e|scaffold)\b.*\b(director(y|ies)|folders?|structure|layout|skeleton)(?=\s*($|[:,;(]|(and|for|with|in|under|as)\b|[`"']?[\w.-]+\/))/i

const CLEARLY_TOOLING =
  /\b(eslint|prettier|ruff|mypy|tsconfig|pre-commit( hooks?)?|git ?hooks?|linters?|linting|test (framework|runner)|ci|(dev|npm|project|test|testing|build|python|runtime|frontend|backend) dependenc(y|ies)|dependenc(y|ies)|docker-compose|dockerfile|github actions( workflow)?)( config(uration)?| set-?up| rules| settings)?$/

const DEV =
  '(npm|pip|dev|development|project|python|node|backend|frontend|core|build|test|testing|required|runtime|the|all|ci|ci/cd|cd|github|gitlab|actions|deployment|release|local|outdated|base|initial|docker|production|cloud|functions|third-party|server|client|code|typescript|javascript|java|rust|go|react|next\\.?js|vite|django|and)'

const TOOLING = new RegExp(
  String.raw`${CLEARLY_TOOLING.source}|^(${DEV} )*(lint(er|ing)?|format(ter|ting)?|ci|ci/cd|cd|pipelines?|workflows?|docker( \w+)?|environment( variables?)?|environments?|env vars|dependenc(y|ies)|packages?|tools?|tooling|toolchain|vitest|jest|pytest|playwright|typescript|tailwind( css)?( v\d)?|(path|import|module) alias(es)?)( config(uration)?| set-?up| rules| settings)?$`,
)

/** A whole sentence about the project itself, not about projects in the program. */
const PROJECT_SETUP =
  /^(set[ -]?up|initiali[sz]e|create|add|configure|scaffold|bootstrap) (the |a |an |new )?((((react( native)?|next(\.js)?|vue|nuxt|angular|svelte(kit)?|vite|astro|remix|expo|electron|tauri|node(\.js)?|npm|python|django|flask|fastapi|rust|cargo|go|typescript|flutter|spring boot|laravel|rails|uv) )?project|repo(sitory)?|code ?base|monorepo|development environment|npm project|git repo(sitory)?|(project|folder|directory|repository) (structure|skeleton|scaffold(ing)?|layout)|continuous integration|test database|\.gitignore|\.editorconfig|\.dockerignore)|(lint(er|ing)?|eslint|prettier|docker|docker-compose|ci) (config(uration)?|set-?up|file|pipeline|workflow)|(ci|github actions) (pipeline|workflow)( for (the )?tests)?|dockerfile|docker-compose(\.ya?ml)?( file)?)\s*($|[(:;—–]|(with|in|using|per|according to|as per) )|^(python |node |local )?(project|(development )?environment|ci|tooling|repository|monorepo|docker)( and (project|folder|directory) structure)? (set-?up|configuration|initiali[sz]ation)\s*($|[(:;,—–])|^python development environment\b|^install (playwright|cypress|chromium) ?(browsers)?\s*($|[(:])|^(upgrade|bump|update|migrate) (to )?(node(\.js)?|npm|react|typescript|python|django|vite|next\.js|java|go|rust|angular|vue|svelte|express|rails|spring boot|\.net|postgres(ql)?|vitest|jest|eslint|tailwind)( to)?( version)? v?\d|^bump (the )?(package |project )?version\b/i

const PACKAGES =
  /^[Ii]nstall ([A-Z@][\w.@/-]*|[a-z][\w.-]*[-@/][\w.@/-]+)( [A-Z][\w.@-]*)*((,| and|, and| &) ([A-Z@][\w.@/-]*|[a-z][\w.-]*[-@/][\w.@/-]+)( [A-Z][\w.@-]*)*)*\s*[.]?$/

const INSTALLED_BY_USERS =
  /\b(plug-?ins?|themes?|apps?|updates?|extensions?|widgets?|prompts?|banners?|buttons?|pages?|wizards?|flows?|screens?|handlers?|commands?|dialogs?|links?|events?|tracking|modules?|skills?|templates?)\b/i

const INSTALLED = /\b(package|dependenc(y|ies)|librar(y|ies)|sdk)$/

const IN_PROJECT =
  /^$|^(in|into|for)\s+(the\s+)?(frontend|backend|project|root|workspace|app|server)\b|^[:(]/i

const ALWAYS_TOOLING =
  /\b(eslint|prettier|ruff|mypy|tsconfig|pre-commit( hooks?)?|git ?hooks?|linters?|linting|test (framework|runner)|ci|docker|docker-compose|github actions( workflow)?|vitest|jest|pytest|playwright)( config(uration)?| set-?up| rules| settings)?$/

const FOR_PROJECT =
  /^in\s+\S*[./]\S*|^(for|of|in|on|from)\s+(the\s+|all\s+|our\s+)?(project|github|gitlab|docker|root|packages?|pyproject|cargo|settings|server|client|app|frontend|backend|development|production|staging|tests?|testing|linting|builds?|ci|repository|workspace|monorepo|packages|typescript|javascript|python|node|react|deployment)\b/i

const FOR_USERS =
  /\b(users?|customers?|tenants?|accounts?|orders?|members?|guests?|devices?|organi[sz]ations?|request|demand|checkout|subscri\w+|admins?)\b/i

import { PRODUCT } from './behaviour-titles.ts'
import type { KindClues } from './kind-clues.ts'

/** Is it about the dependencies or the state of the whole project, and not about what the program does? */
export function isProjectChore({ title }: Pick<KindClues, 'title'>): boolean {
  if (EVERYTHING_WORKS.test(title) || AS_DEPENDENCY.test(title)) return true
  const [, name = ''] = NAMED_DEPENDENCY.exec(title) ?? []
  return name !== '' && !NO_PACKAGE.test(name) && !PRODUCT.test(name)
}

const EVERYTHING_WORKS =
  /^(verify|check|confirm|ensure|make sure) (that )?(everything|the (whole )?(project|feature)) (still |now )?(works?|builds?|runs?|passes|is (ok|fine|green))( (as (expected|before|intended)|end[- ]to[- ]end|together|correctly|again|fine|well))*\s*($|[.(:])/i

const PACKAGE = String.raw`[\x60"']?(@?[\w.-]+(?:\/[\w.-]+)*)(?:@[\w.^~-]+)?[\x60"']?`
const CHANGES = '(?:add|install|remove|drop|uninstall)'

const NAMED_DEPENDENCY = new RegExp(
  String.raw`^${CHANGES} (?:(?:the|a|an|new|npm|pip|dev|runtime|production|unused) )*(?:dev-?)?dependenc(?:y|ies) (?:on |to )?(?:the )?${PACKAGE}(?: package| library)?\s*(?:$|[.(:;])`,
  'i',
)

const AS_DEPENDENCY = new RegExp(
  String.raw`^${CHANGES} ${PACKAGE} (?:as|from|to|in) (?:a |the |our )?(?:(?:new|npm|pip|dev|development|runtime|peer|optional|direct|project) )*(?:dev-?)?dependenc(?:y|ies)\s*(?:$|[.(:;])`,
  'i',
)

/** What a program can have of dependencies between its own things. */
const NO_PACKAGE =
  /^(graphs?|injection|trees?|tracking|links?|arrows?|checks?|checking|maps?|mapping|types?|lists?|listing|managements?|resolution|resolver|lines?|warnings?|cycles?|cycle|detection|chains?|order|ordering|rules?|labels?|matrix|visuali[sz]ation|analysis|support|handling|picker|selector|icons?|colou?rs?|sort|tasks?|tags?)$/i

import { fits, rule } from './rule.ts'

/** Does the title ask to refactor, and for nothing else? */
export function refactorsInOtherLanguage(title: string): boolean {
  return fits(title, REFACTORS)
}

/** One object without a second clause, which could ask for behaviour. */
const OBJECT = '[^,;:，；：、。]{1,80}'

const REFACTORS: readonly RegExp[] = [
  rule(
    `(?!.* (?:und|um|für|damit) )(?:${OBJECT} (?:refaktor(?:is)?ieren|refactoren)|refaktorierung(?: ${OBJECT})?)`,
  ),
  rule(`refactori[zs]ar (?!.* (?:y|para) )${OBJECT}`),
  rule(`refatorar (?!.* (?:e|para) )${OBJECT}`),
  rule(`refactoriser (?!.* (?:et|pour) )${OBJECT}`),
  rule(`(?:рефакторинг|отрефакторить)(?! .* (?:и|для|чтобы) )(?: ${OBJECT})?`),
  rule(`(?:代码)?(?:重构|重構)(?!.*(?:支持|实现|添加|新增|增加|以便|并))(?:${OBJECT})?`),
  rule(`(?!.*(?:追加|対応|実装))(?:${OBJECT}(?:の|を))?リファクタ(?:リング)?(?:する)?`),
  rule(`(?!.*(?:추가|지원|구현))(?:${OBJECT} )?(?:리팩터링|리팩토링)(?:하기)?`),
]

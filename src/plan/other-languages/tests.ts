import { fits, rule } from './rule.ts'

/** Does the title ask for tests? */
export function testsInOtherLanguage(title: string): boolean {
  return fits(title, TESTS)
}

const TESTS: readonly RegExp[] = [
  rule(
    `(?:unit-?|integrations-?|e2e-?|end-to-end-?|komponenten-?)?tests? (?:für [^,;:]{1,80} )?(?:schreiben|ergänzen|hinzufügen|erstellen)`,
  ),
  rule(
    `(?:escribir|añadir|agregar|crear) (?:los |las )?(?:tests?|pruebas)(?: (?:unitarias|unitarios|de integración|e2e))?(?: (?:para|de|del) [^,;:]{1,80})?`,
  ),
  rule(
    `(?:écrire|ajouter|créer) (?:les |des )?tests?(?: (?:unitaires|d['’]intégration|e2e))?(?: (?:pour|de|du) [^,;:]{1,80})?`,
  ),
  rule(
    `(?:escrever|adicionar|criar) (?:os )?testes?(?: (?:unitários|de integração|e2e))?(?: (?:para|de|do|da) [^,;:]{1,80})?`,
  ),
  rule(
    `(?:написать|добавить) (?:(?:unit|e2e|property|api|smoke|юнит|модульные|интеграционные|property-based|регрессионные)[- ]?){0,2}тесты?(?: (?:для|на|к) [^,;:]{1,80})?`,
  ),
  rule(
    `(?:[^,;:]{1,60} )?(?:단위|통합|유닛|e2e|인수|회귀|속성|컴포넌트) ?테스트(?: 코드| 케이스)?(?:을|를)? ?(?:작성|추가|구현)(?:하기)?`,
  ),
  rule(
    `(?:[^、。:：]{1,60}(?:の|な))?(?:単体|ユニット|結合|統合|e2e|プロパティ|契約|回帰)テスト(?:コード|ケース)?を(?:作成|追加|実装|記述)(?:する)?`,
  ),
  rule(
    `(?:scrivere|aggiungere) (?:i |dei )?test(?: unitari| di integrazione)?(?: per [^,;:]{1,80})?`,
  ),
  rule(`napisz(?:ać)? testy(?: jednostkowe| integracyjne)?(?: dla [^,;:]{1,80})?`),
]

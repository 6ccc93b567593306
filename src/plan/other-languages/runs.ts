import { DE_ALL, fits, rule } from './rule.ts'

/** Does the title ask for a check of everything at the end? */
export function isFinalCheckInOtherLanguage(title: string): boolean {
  return fits(title, FINAL_CHECKS)
}

/** Does the title ask to run the tests, a linter, a type checker or the build? */
export function runsInOtherLanguage(title: string): boolean {
  return fits(title, RUNS)
}

/** After a colon only a command, and no second sentence. */
const COMMAND_END = String.raw`\s*(?:$|[.。（(]|[:：]\s*[\w ./:@&=-]+$)`
const TOOL =
  '(?:(?:npm|pnpm|yarn|bun)(?: run)? [\\w:.-]+|npx [\\w:. -]+|vitest|jest|pytest|playwright|cypress|eslint|oxlint|biome|prettier|ruff|mypy|tsc(?: --noEmit)?|cargo (?:test|clippy|check|build)|go (?:test|vet|build)[\\w./ -]*|make [\\w-]+|dotnet (?:test|build)|mvn [\\w -]+|\\.?/?gradlew? [\\w -]+|lint(?:er|ing)?|linting|linters)'

const ES_ALL = '(?:(?:los|las|el|la|todos|todas|toda|todo|suite|completa|completo|de|pruebas) )*'
const FR_ALL = "(?:(?:les|le|la|tous|toutes|toute|suite|complète|de|l’|l')\\s*)*"
const PT_ALL = '(?:(?:os|as|o|a|todos|todas|toda|todo|suíte|suite|completa|de) )*'

const FINAL_CHECKS: readonly RegExp[] = [
  '最终(?:检查|验证|确认)',
  '最終(?:確認|検証|チェック)(?:を(?:行う|実施する|する))?',
  '動作確認(?:を(?:行う|実施する|する))?',
  '최종 (?:점검|확인|검증)',
  '(?:финальная|итоговая|окончательная) проверка',
  '(?:verificación|comprobación|validación) final',
  '(?:verificação|validação) final',
  '(?:vérification|validation) finale',
  '(?:abschließende|finale|letzte) (?:prüfung|überprüfung)',
].map(words => rule(words))

const RUNS: readonly RegExp[] = [
  rule(
    `${DE_ALL}(?:(?:unit-?|integrations-?|e2e-?)?tests?|testsuite|linter|lint|typprüfung|typecheck|build|formatierung|coverage|qualitätsprüfung|${TOOL})(?: und (?:${DE_ALL})(?:tests?|linter|lint|typprüfung|build))? (?:ausführen|laufen lassen|durchlaufen lassen|starten|prüfen)`,
    COMMAND_END,
  ),
  rule(`führe ${DE_ALL}(?:tests?|testsuite|linter|typprüfung|build|${TOOL}) aus`, COMMAND_END),
  rule(
    `(?:ejecutar|correr|lanzar) ${ES_ALL}(?:tests?|pruebas(?: (?:unitarias|de integración|de regresión|e2e))?|suite|linter|lint|build|compilación|cobertura|${TOOL})(?: y (?:el |la |los )?(?:linter|lint|tests?|build))?`,
    COMMAND_END,
  ),
  rule(
    `(?:exécuter|lancer|faire tourner) ${FR_ALL}(?:tests?(?: (?:unitaires|d['’]intégration|e2e))?|linter|lint|build|couverture|${TOOL})(?: et (?:le |la |les )?(?:linter|lint|tests?|build))?`,
    COMMAND_END,
  ),
  rule(
    `(?:executar|rodar|correr) ${PT_ALL}(?:testes?(?: (?:unitários|de integração|e2e))?|linter|lint|build|cobertura|${TOOL})(?: e (?:o |a |os )?(?:linter|lint|testes?|build))?`,
    COMMAND_END,
  ),
  rule(
    `(?:重新)?(?:运行|執行|执行|跑|跑通)(?:全部|所有|完整|全量|的|一次|一遍|现有|單元|单元|集成|回归|端到端)*\\s*(?:typescript|ts|前端|后端)?\\s*(?:测试(?:套件|用例)?|測試|类型检查|型別檢查|代码检查|静态检查|构建|编译|覆盖率(?:检查)?|${TOOL})(?:\\s*(?:和|与|、|及)\\s*(?:测试|类型检查|代码检查|构建|lint|${TOOL}))*(?:\\s*(?:并|，)?\\s*(?:确认|确保|验证)?(?:全部|所有|均)?(?:通过|无错误|无报错))?`,
    COMMAND_END,
  ),
  rule(`(?:全量|完整|最终)?回归测试`, COMMAND_END),
  rule(
    `(?:验证|确认|确保|检查)(?:全部|所有|现有|的|单元|集成|回归)*\\s*(?:测试(?:用例|套件)?|类型检查|构建|编译|typescript\\s*编译|lint|${TOOL})\\s*(?:全部|均|都)?(?:通过|成功|无错误|无报错)`,
    COMMAND_END,
  ),
  rule(
    `(?:(?:全|全て|すべて)の?)?(?:テスト(?:スイート)?|ユニットテスト|単体テスト|結合テスト|リント|lint|型チェック|ビルド|カバレッジ|${TOOL})(?:で(?:テスト|リント|型チェック|ビルド))?を(?:実行|確認)(?:する|し、?成功を確認する)?`,
    COMMAND_END,
  ),
  rule(
    `(?:запустить|прогнать|выполнить) (?:все |весь |полный |набор )*(?:(?:unit|e2e|юнит|модульные|интеграционные)[- ])?(?:тесты|тестов|линтер|линт|сборку|проверку типов|покрытие|${TOOL})(?: и (?:тесты|линтер|сборку))?`,
    COMMAND_END,
  ),
  rule(
    `(?:убедиться|проверить|удостовериться),? что (?:все )?(?:unit-|e2e-|юнит-)?(?:тесты проходят|тесты прошли|сборка проходит)`,
  ),
  rule(
    `(?:(?:전체|모든|단위|통합|회귀|기존|e2e) )*(?:테스트(?: 스위트)?|린트|린터|빌드|타입 ?(?:체크|검사)|커버리지|${TOOL})(?:(?: 및 |, ?|와 |과 )(?:테스트|린트|빌드|타입 ?(?:체크|검사)))*(?:을|를)? ?(?:실행|수행|통과 ?확인|통과 여부 확인)(?:하기)?`,
    COMMAND_END,
  ),
  rule(`(?:모든|전체) 테스트(?:가|의)? ?통과(?:하는지|를|을)? ?확인(?:하기)?`),
  rule(`eseguire (?:tutti |i |gli |la suite di )*(?:test|linter|${TOOL})`, COMMAND_END),
  rule(`uruchom(?:ić)? (?:wszystkie )?(?:testy|linter|${TOOL})`, COMMAND_END),
  rule(`(?:tüm |bütün )?testleri çalıştır`),
  rule(`chạy (?:tất cả |toàn bộ |các |lại )*(?:unit )?(?:test|tests|kiểm thử)`, COMMAND_END),
  rule(`jalankan (?:semua )?(?:unit )?(?:test|tes|pengujian)`, COMMAND_END),
]

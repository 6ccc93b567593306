/**
 * Titles of tasks in other languages than English, if the words are sure: the whole title has to fit, so that a second clause that asks
 * for code makes it a task of its own.
 */

/** Does the title ask to run the tests, a linter, a type checker or the build? */
export function runsInOtherLanguage(title: string): boolean {
  return fits(title, RUNS)
}

/** Does it ask to commit, release or deploy? */
export function deliversInOtherLanguage(title: string): boolean {
  return fits(title, DELIVERS)
}

/** Does it ask for documents? */
export function documentsInOtherLanguage(title: string): boolean {
  return fits(title, DOCUMENTS)
}

/** Does it ask for tests? */
export function testsInOtherLanguage(title: string): boolean {
  return fits(title, TESTS)
}

function fits(title: string, patterns: readonly RegExp[]): boolean {
  const text = title.replaceAll(/[`*_]/g, '').trim().slice(0, MAX_LENGTH)
  return patterns.some(pattern => pattern.test(text))
}

const MAX_LENGTH = 300
const END = String.raw`\s*(?:$|[.。（(])`
/** After a colon only a command, and no second sentence. */
const COMMAND_END = String.raw`\s*(?:$|[.。（(]|[:：]\s*[\w ./:@&=-]+$)`
const TOOL =
  '(?:(?:npm|pnpm|yarn|bun)(?: run)? [\\w:.-]+|npx [\\w:. -]+|vitest|jest|pytest|playwright|cypress|eslint|oxlint|biome|prettier|ruff|mypy|tsc(?: --noEmit)?|cargo (?:test|clippy|check|build)|go (?:test|vet|build)[\\w./ -]*|make [\\w-]+|dotnet (?:test|build)|mvn [\\w -]+|\\.?/?gradlew? [\\w -]+|lint(?:er|ing)?|linting|linters)'

const DE_ALL =
  '(?:(?:die|den|das|der|alle|alles|gesamte[ns]?|ganze[ns]?|komplette[ns]?|vollständige[ns]?|bestehenden?) )*'
const ES_ALL = '(?:(?:los|las|el|la|todos|todas|toda|todo|suite|completa|completo|de|pruebas) )*'
const FR_ALL = "(?:(?:les|le|la|tous|toutes|toute|suite|complète|de|l’|l')\\s*)*"
const PT_ALL = '(?:(?:os|as|o|a|todos|todas|toda|todo|suíte|suite|completa|de) )*'

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
]

const DELIVERS: readonly RegExp[] = [
  rule(
    `(?:${DE_ALL}(?:änderungen|code|anwendung|app|version|release|paket|branch) )?(?:(?:auf|nach|in) (?:die |der |den )?(?:produktion|staging|main|master|npm|github|server) )?(?:committen|pushen|deployen|ausrollen|veröffentlichen|mergen)(?: und (?:pushen|taggen|deployen))?`,
  ),
  rule(`(?:release|tag|pull request|pr) (?:v?[0-9][\\w.-]* )?(?:erstellen|anlegen|öffnen|mergen)`),
  rule(
    `(?:desplegar|publicar)(?: (?:la|el) (?:aplicación|app|versión|paquete|sitio))? (?:en|a) (?:producción|staging|npm|pypi|github|vercel|netlify|el servidor)`,
  ),
  rule(
    `(?:hacer|crear) (?:el |un )?(?:commit|push|deploy|despliegue|release|pull request)(?: y push)?(?: (?:en|a) [\\w ]{1,20})?`,
  ),
  rule(
    `(?:déployer|publier)(?: l['’]application| le paquet| la version| le site)? (?:en|sur|vers) (?:production|staging|npm|pypi|github|vercel|le serveur)`,
  ),
  rule(`(?:committer|pousser)(?: les (?:changements|modifications))?(?: et pousser)?`),
  rule(
    `(?:implantar|publicar|fazer (?:o )?(?:deploy|commit|push|release))(?: (?:da|do|a|o) (?:aplicação|app|pacote|site|versão))?(?: e push)?(?: (?:em|no|na|para) (?:produção|staging|npm|pypi|github|vercel|servidor))?`,
  ),
  rule(
    `(?:部署|发布)(?:应用|项目|服务|网站|前端|后端|代码|新版本)?(?:到|至|上)(?:生产|线上|测试|预发布|staging|npm|pypi|github|vercel|服务器)(?:环境|服)?`,
  ),
  rule(
    `(?:提交|推送)(?:代码|所有更改|更改|变更|改动|git)(?:并(?:推送|提交|打标签))?(?:到(?:远程|远端|main|master|github)(?:仓库|分支)?)?`,
  ),
  rule(
    `(?:创建|发布)\\s*(?:github|git)?\\s*(?:release|tag|pr|pull request)\\s*(?:v?[0-9][\\w.-]*)?`,
  ),
  rule(`(?:(?:本番|ステージング)(?:環境)?へ)?(?:デプロイ|リリース)(?:する)?`),
  rule(`(?:変更|コード)を(?:コミット|プッシュ)(?:する)?`),
]

const DOC = '(?:readme(?:\\.md)?|changelog(?:\\.md)?|contributing\\.md|claude\\.md|agents\\.md)'

const DOCUMENTS: readonly RegExp[] = [
  rule(`创建(?:项目|使用|开发|部署|接口|api|技术|用户)+文档`),
  rule(`(?:升级|更新|提升)版本号`),
  rule(
    `(?:die |das )?(?:${DOC}|dokumentation|doku|änderungsprotokoll)(?: und (?:${DOC}|dokumentation))? (?:aktualisieren|ergänzen|schreiben|anpassen|erstellen)`,
  ),
  rule(
    `(?:actualizar|escribir|redactar|completar|crear) (?:el |la )?(?:${DOC}|documentación)(?: y (?:el )?${DOC})?`,
  ),
  rule(
    `(?:mettre à jour|écrire|rédiger|compléter) (?:le |la )?(?:${DOC}|documentation)(?: et (?:le )?${DOC})?`,
  ),
  rule(
    `(?:atualizar|escrever|redigir|completar|criar) (?:o |a )?(?:${DOC}|documentação)(?: e (?:o )?${DOC})?`,
  ),
  rule(
    `(?:更新|编写|撰写|补充|完善|同步|修改)\\s*(?:${DOC}|[\\w./-]+\\.md\\s*(?:文档)?|(?:项目|使用|开发|部署|接口|api|相关|技术|用户)*\\s*(?:文档|說明|说明文档|变更日志|更新日志))(?:\\s*(?:和|与|、|及)\\s*(?:${DOC}|文档|变更日志))*`,
  ),
  rule(
    `(?:${DOC}|(?:利用者|開発者|api)?\\s*(?:ドキュメント|文書|変更履歴))(?:\\s*と\\s*(?:${DOC}|ドキュメント))?を(?:更新|作成|追記|整備)(?:する)?`,
  ),
]

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
]

function rule(words: string, end: string = END): RegExp {
  return new RegExp(`^(?:${words})${end}`, 'iu')
}

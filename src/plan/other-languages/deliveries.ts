import { DE_ALL, fits, rule } from './rule.ts'

/** Does the title ask to commit, release or deploy? */
export function deliversInOtherLanguage(title: string): boolean {
  return fits(title, DELIVERS)
}

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
  rule(
    `(?:задеплоить|развернуть|опубликовать)(?: (?:приложение|проект|сервис|пакет|сайт))? (?:на|в) (?:production|прод|продакшн|staging|npm|pypi|github|vercel|сервер)`,
  ),
  rule(`(?:закоммитить|запушить)(?: (?:все )?(?:изменения|код))?(?: и запушить)?`),
  rule(`(?:프로덕션|운영|스테이징)(?: 환경| 서버)?(?:에|으로)? ?배포(?:하기)?`),
  rule(`(?:변경 ?사항|코드)(?:을|를)? ?(?:커밋|푸시)(?:하기)?`),
]

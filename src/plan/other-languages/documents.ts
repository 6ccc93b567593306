import { fits, rule } from './rule.ts'

/** Does the title ask for documents? */
export function documentsInOtherLanguage(title: string): boolean {
  return fits(title, DOCUMENTS)
}

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
  rule(
    `(?:обновить|написать|дополнить|актуализировать) (?:${DOC}|(?:проектную |техническую |пользовательскую |api[- ])?документацию)(?: и ${DOC})?`,
  ),
  rule(
    `(?:${DOC}|(?:프로젝트 |사용자 |api |기술 |개발 )?문서|변경 이력)(?:을|를)? ?(?:업데이트|작성|갱신)(?:하기)?`,
  ),
]

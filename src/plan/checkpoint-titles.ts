import { isFinalCheckInOtherLanguage } from './other-languages/runs.ts'

/** What a checkpoint asks for after its name; `undefined` for a title of another kind. */
export function checkpointOf(title: string): string | undefined {
  const [name] = CHECKPOINT.exec(title) ?? []
  return name === undefined ? undefined : title.slice(name.length)
}

/** Does it look at everything that is there, without a word about how? The tests show it. */
export function looksAtEverything(title: string): boolean {
  return isCheckpoint(title) || FINAL_CHECK.test(title) || isFinalCheckInOtherLanguage(title)
}

/**
 * Is it a stop between tasks that looks at what is there, such as `Checkpoint - Validate the importer`? `Checkpoint: save the game` builds
 * something.
 */
function isCheckpoint(title: string): boolean {
  const asked = checkpointOf(title)
  return asked !== undefined && (LOOKS.test(asked) || IS_DONE.test(asked))
}

const FINAL_CHECK =
  /^((final|last) (checkpoint|verification|checks?|sanity checks?)|checkpoint)\s*[.]?$/i

/** The name in the languages of the plans that Kiro and others write, with a number and the separator. */
const CHECKPOINT =
  /^(?:(?:final|last|最终|最終|最后|최종|финальн\p{L}+|финальный)\s*)?(?:checkpoint|检查点|檢查點|チェックポイント|체크포인트|контрольная точка|чекпоинт|punto de control|ponto de (?:verificação|controle)|point de (?:contrôle|vérification)|kontrollpunkt|prüfpunkt)(?:\s+\d+)?\s*[-–—:：]+\s*(?=\S)/iu

/** It begins with the verb, or ends with it in Japanese and Korean. */
const LOOKS =
  /^(?:ensure|make sure|verify|validate|confirm|check|review|test|确保|確保|验证|驗證|确认|確認|检查|檢查|убедиться|проверить|проверка|сквозная проверка|asegurar(?:se)?|verificar|validar|comprobar|garantir|vérifier|s['’]assurer|valider|sicherstellen|überprüfen|prüfen)(?=$|[^\p{L}]|\p{Script=Han})|(?:確認|検証|확인|검증|보장)(?:する|をする|하기|한다)?\s*[.。]?$/iu

/** It says what is there: `Checkpoint - Backend complete`. */
const IS_DONE =
  /\b(?:completed?|works?|working|ready|done|pass(?:es|ing)?|functional)\s*[.]?$|(?:完成|正常|通过|就绪|可用)\s*。?$/iu

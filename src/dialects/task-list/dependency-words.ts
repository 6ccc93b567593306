/** The words of dependencies in other languages than English, as sources of patterns. */

/** Between the later task and the earlier ones: `T002 depende de T001`. */
export const DEPENDS_ON = [
  'depende[mn]? d[aeo]s?',
  'requiere',
  'requer',
  'dépend(?:ent)? d[eu]',
  'nécessite',
  'h[äa]ng(?:t|en) (?:ab )?von',
  'abhängig von',
  'benötigt',
  'dipend(?:e|ono) d[ai]l?',
  'richiede',
  'завис(?:ит|ят) от',
  'требует(?:ся)?',
  'zależ(?:y|ą) od',
  'phụ thuộc(?: vào)?',
  '依赖于?',
  '依賴於?',
  '需要先完成',
].join('|')

/** In brackets also: `T002 … (após T001)`. */
export const LATER_THAN = [
  DEPENDS_ON,
  'após',
  'depois de',
  'tras',
  'después de',
  'après',
  'nach',
  'dopo',
  'после',
  'po',
  'sau',
  '前置任务?[:：]?',
].join('|')

/** Behind the earlier tasks: `T002 … (T001 に依存)`. */
export const BEHIND_IDS = [
  'に依存(?:する|します)?',
  '(?:の)?完了後',
  'の後',
  '에 의존(?:함|한다)?',
  ' ?(?:완료 ?)?(?:이후|후)',
  '完成(?:之)?后',
  '之后',
].join('|')

/** In front of a colon: `Dependencias: T001`. */
export const DEPENDENCIES =
  'depend[eê]ncias?|dépendances?|abhängigkeit(?:en)?|dipendenz[ae]|зависимост[ьи]|zależności?|phụ thuộc|依存(?:関係|タスク)?|前置(?:任务|条件|依赖)?|의존(?:성|관계)?'

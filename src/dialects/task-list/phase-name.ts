/** Is it the name of a phase, in any of the known languages? */
export function isPhaseName(text: string): boolean {
  return PHASE.test(text)
}

const PHASE =
  /^\W*(\S+\s+)?(final\s+)?(phase|stage|step|group|chapter|milestone|sprint|iteration|wave|part|feature|fase|fas|faza|fáze|étape|etape|etapa|etap|abschnitt|schritt|aşama|этап|фаза|етап|giai đoạn)(\s+[\dA-Z]+\b|\s*[:：—-]|$)|^\W*(フェーズ|阶段|階段|ステージ|第.{1,3}(阶段|階段|フェーズ)|단계|\d+\s*단계|المرحلة|चरण)|^(setup|tests?|core|integration|polish|foundational)\s+phase\b/iu

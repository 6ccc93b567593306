import { expect, test } from 'vitest'
import { askedRuns } from '../../src/plan/asked-runs.ts'
import { kindOf } from '../../src/plan/kinds.ts'

function kind(title: string, files: readonly string[] = []): string {
  return kindOf({ category: 'work', phase: 'P', title, files, ahead: false }).kind
}

test.each([
  'Checkpoint',
  'Checkpoint - Validate the importer',
  'Checkpoint 3 — Verify that core features work',
  'Final checkpoint: review everything',
  'Checkpoint - Backend complete',
  'Checkpoint - All features working',
  'Final check',
  'Last checks.',
  'Final Checkpoint - 确保所有功能正常',
  '检查点 - 后端功能完成',
  '最终检查点 - 验证导入',
  'チェックポイント - 全機能の確認',
  '체크포인트 - 가져오기 검증',
  'Checkpoint — проверить настройки локально',
  'Контрольная точка - Проверка сервера',
  'Финальный checkpoint — Убедиться, что всё работает',
  'Punto de control: asegurar que todo funciona',
  'Ponto de verificação - garantir que tudo funciona',
  'Point de contrôle : vérifier les rôles',
  'Kontrollpunkt - Prüfen, ob die Rollen stimmen',
])('"%s" is a check, which the tests prove', title => {
  expect(kind(title)).toBe('check')
  expect(askedRuns(title)).toEqual(['tests'])
})

test('what a checkpoint names is run', () => {
  expect(askedRuns('Checkpoint - Run the linter')).toEqual(['lint'])
  expect(askedRuns('Checkpoint - Verify the build passes')).toEqual(['build'])
})

test.each([
  'Checkpoint: save the game at each level',
  'Checkpoint - Add resume support',
  'Checkpoint - Store the weights after each epoch',
  'Checkpoint - Ensure all tests pass, then implement the exporter',
  'Checkpoint - 实现断点续传',
  '检查点 - 保存训练进度',
  'Контрольная точка - сохранить прогресс',
  'Save a checkpoint',
  'Final check digit of the IBAN',
  'Verificar que la contraseña es segura',
])('"%s" is built', title => {
  expect(kind(title)).toBe('build')
})

test('a checkpoint that names source files is built', () => {
  expect(kind('Checkpoint - Validate the importer', ['src/importer.ts'])).toBe('build')
})

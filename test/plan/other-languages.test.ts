import { describe, expect, test } from 'vitest'
import { askedRuns } from '../../src/plan/asked-runs.ts'
import { kindOf } from '../../src/plan/kinds.ts'

function kind(title: string, files: readonly string[] = []): string {
  return kindOf({ category: 'work', phase: 'P', title, files, ahead: false }).kind
}

test.each([
  ['Tests ausführen', ['tests']],
  ['Alle Tests laufen lassen', ['tests']],
  ['Führe den Linter aus', ['lint']],
  ['Ejecutar los tests', ['tests']],
  ['Ejecutar todas las pruebas', ['tests']],
  ['Exécuter tous les tests', ['tests']],
  ['Lancer le linter', ['lint']],
  ['Rodar os testes', ['tests']],
  ['Executar npm test', ['tests']],
  ['运行 npm test', ['tests']],
  ['运行所有测试', ['tests']],
  ['执行 npm run lint', ['lint']],
  ['验证所有测试通过', ['tests']],
  ['运行 TypeScript 类型检查', ['types']],
  ['全量回归测试', ['tests']],
  ['Ejecutar pruebas de regresión', ['tests']],
  ['npm testでテストを実行', ['tests']],
  ['リントを実行', ['lint']],
  ['Запустить все тесты', ['tests']],
  ['Прогнать линтер', ['lint']],
  ['Убедиться, что все тесты проходят', ['tests']],
  ['모든 테스트 실행', ['tests']],
  ['린트 및 빌드 실행', ['lint', 'build']],
  ['모든 테스트가 통과하는지 확인', ['tests']],
  ['Eseguire tutti i test', ['tests']],
  ['Uruchom wszystkie testy', ['tests']],
  ['Tüm testleri çalıştır', ['tests']],
  ['Chạy tất cả các test', ['tests']],
  ['Jalankan semua test', ['tests']],
  ['最终检查', ['tests']],
  ['最終確認', ['tests']],
  ['動作確認を行う', ['tests']],
  ['최종 점검', ['tests']],
  ['Финальная проверка', ['tests']],
  ['Verificación final', ['tests']],
  ['Verificação final', ['tests']],
  ['Vérification finale', ['tests']],
  ['Abschließende Prüfung', ['tests']],
])('"%s" is a check, and what it names is run', (title, runs) => {
  expect(kind(title)).toBe('check')
  expect(askedRuns(title)).toEqual(runs)
})

test.each([
  'Auf Produktion deployen',
  'Änderungen committen und pushen',
  'Release v1.2 erstellen',
  'Desplegar en producción',
  'Hacer commit y push',
  'Déployer en production',
  'Fazer deploy em produção',
  '部署到生产环境',
  '提交代码并推送',
  '创建 GitHub Release v0.3.0',
  '本番環境へデプロイ',
  'README.md aktualisieren',
  'Dokumentation ergänzen',
  'Actualizar la documentación',
  'Mettre à jour le README',
  'Atualizar a documentação',
  '更新 README.md',
  '编写项目文档',
  '创建部署文档',
  '升级版本号',
  'ドキュメントを更新',
  'Обновить документацию',
  'Дополнить README.md',
  'Развернуть приложение на сервер',
  'Закоммитить изменения',
  '문서 업데이트',
  'README.md 작성',
  '프로덕션 배포',
  '변경 사항 커밋',
])('"%s" is a check', title => {
  expect(kind(title)).toBe('check')
})

test.each([
  'Unit-Tests für den Dimmer schreiben',
  'Escribir pruebas unitarias para el dimmer',
  'Écrire les tests unitaires pour le variateur',
  'Escrever testes unitários para o dimmer',
  'Написать unit-тесты для диммера',
  'Добавить интеграционные тесты',
  '디머 서비스 단위 테스트 작성',
  '통합 테스트 추가',
  '調光機能の統合テストを実装する',
  'Scrivere test unitari per il dimmer',
  'Napisz testy jednostkowe dla ściemniacza',
])('"%s" writes tests', title => {
  expect(kind(title)).toBe('cover')
})

test.each([
  'Dimmermodul refaktorisieren',
  'Refaktorierung der Lampen',
  'Refactorizar el módulo de lámparas',
  'Refatorar o módulo de lâmpadas',
  'Refactoriser le module des lampes',
  'Рефакторинг модуля ламп',
  '重构灯具模块',
  '照明モジュールのリファクタリング',
  '조명 모듈 리팩터링',
])('"%s" refactors', title => {
  expect(kind(title)).toBe('refactor')
})

describe('a second clause, or another thing of the same name, is built', () => {
  test.each([
    'Tests ausführen und Cache einbauen',
    'Tests ausführen, dann Cache einbauen',
    'Testergebnisse anzeigen',
    'Ejecutar los tests y añadir una caché',
    'Ejecutar el pedido',
    'Exécuter la commande du client',
    'Rodar a roleta',
    'Rodar os testes e implementar o cache',
    '运行报告',
    '运行测试并实现缓存',
    '提交表单',
    '提交订单',
    '发布订单事件',
    '部署按钮',
    '更新文档列表',
    '创建文档',
    '回归测试报告页面',
    '验证用户输入',
    'テスト結果を表示',
    '注文をコミット',
    'Dokumente hochladen',
    'Запустить таймер',
    'Запустить все тесты и добавить кэш',
    'Обновить список документации',
    'Опубликовать событие заказа',
    'Написать сообщение пользователю',
    'Убедиться, что тесты глаз проходят по расписанию',
    '테스트 결과 표시',
    '주문 배포 일정 조회',
    '문서 목록 작성',
    '최종 점검표 화면',
    'Финальная проверка заказа перед оплатой',
    '最终检查表页面',
    'Refactorizar el módulo para permitir reembolsos',
    'Refatorar o módulo e adicionar cache',
    'Lampen refaktorieren und Dimmer einbauen',
    'Рефакторинг модуля для поддержки скидок',
    '重构订单模块，支持退款',
    '重构订单模块以便支持退款',
    '返金に対応するためのリファクタリング',
    '환불 지원을 위한 리팩터링',
  ])('%s', title => {
    expect(['check', 'refactor']).not.toContain(kind(title))
  })
})

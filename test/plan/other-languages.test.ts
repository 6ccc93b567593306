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
])('"%s" is a check', title => {
  expect(kind(title)).toBe('check')
})

test.each([
  'Unit-Tests für den Dimmer schreiben',
  'Escribir pruebas unitarias para el dimmer',
  'Écrire les tests unitaires pour le variateur',
  'Escrever testes unitários para o dimmer',
])('"%s" writes tests', title => {
  expect(kind(title)).toBe('cover')
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
  ])('%s', title => {
    expect(kind(title)).not.toBe('check')
  })
})

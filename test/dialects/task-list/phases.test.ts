import { expect, test } from 'vitest'
import { categoriesOf } from '../../../src/dialects/task-list/phases.ts'

test.each([
  'Phase 1: Setup',
  'Fase 1: Preparação',
  'Fase 1: Configuração do projeto',
  'Fase 1: Configuración inicial',
  'Phase 1 : Mise en place',
  'Phase 1: Projekteinrichtung',
  'Фаза 1: Настройка проекта',
  'Этап 1: Подготовка',
  '1단계: 설정',
  'Phase 1: 프로젝트 설정',
  'フェーズ 1: 環境構築',
  '阶段 1: 设置',
  'Giai đoạn 1: Thiết lập',
])('"%s" sets the project up', name => {
  expect(categoriesOf([name])).toEqual(['setup'])
})

test.each([
  'Fase 2: Configuração de notificações',
  'Fase 2: Configuración de alarmas',
  'Phase 2: Einrichtung von Alarmen',
  'Фаза 2: Настройка уведомлений',
  'Фаза 2: Подготовка отчётов',
  '2단계: 알림 설정 화면',
  '阶段 2: 设置页面',
  'Fase 3: História 1 - Configuração',
])('"%s" builds something', name => {
  expect(categoriesOf([name])).toEqual(['work'])
})

test.each(['Phase 6: Polish', 'Fase 6: Polimento', 'Phase 6: Feinschliff', 'Фаза 6: Доработка'])(
  '"%s" finishes the work',
  name => {
    expect(categoriesOf([name])).toEqual(['polish'])
  },
)

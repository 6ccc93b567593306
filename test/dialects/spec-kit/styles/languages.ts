import { lines, type Style } from './style.ts'

/** Plans in other languages. */
export const LANGUAGE_STYLES: readonly Style[] = [
  {
    name: 'German',
    text: lines(
      '# Aufgaben',
      '## Abschnitt 1: Grundlagen',
      '- [x] T001 Projekt anlegen',
      '- [ ] T002 [P] Warteschlange bauen',
      '## Abnahmekriterien',
      '- [ ] Alles läuft',
    ),
    reads: ['Abschnitt 1: Grundlagen', '3 T001 done', '4 T002 [P] open'],
  },
  {
    name: 'Spanish',
    text: lines(
      '# Tareas',
      '## Fase 1: Preparación',
      '- [ ] T001 Crear el proyecto',
      '## Fase 2: Núcleo',
      '- [ ] T002 Crear la cola',
      '## Criterios de aceptación',
      '- [ ] Todo funciona',
    ),
    reads: ['Fase 1: Preparación', '3 T001 open', 'Fase 2: Núcleo', '5 T002 open'],
  },
  {
    name: 'French, with headings as tasks',
    text: lines(
      '# Tâches',
      '## Étape 1 : Base',
      '### T001 - Créer le projet',
      '**Critères de fin** :',
      '- [ ] Le projet existe',
      '### T002 - Créer la file',
      '- [ ] La file existe',
    ),
    reads: ['Étape 1 : Base', '3 T001 -', '6 T002 -'],
  },
  {
    name: 'Portuguese, without ids',
    text: lines(
      '# Tarefas',
      '## Fase 1: Base',
      '- [ ] Criar o projeto',
      '- [x] Criar a fila',
      '## Critérios de aceite',
      '- [ ] Tudo funciona',
    ),
    reads: ['Fase 1: Base', '3 1.1 open', '4 1.2 done'],
  },
  {
    name: 'Chinese',
    text: lines(
      '# 任务',
      '## 阶段 1：准备',
      '- [x] T001 创建项目',
      '- [ ] T002 [P] 创建队列',
      '## 验收标准',
      '- [ ] 全部通过',
    ),
    reads: ['阶段 1：准备', '3 T001 done', '4 T002 [P] open'],
  },
  {
    name: 'Japanese',
    text: lines(
      '# タスク',
      '## フェーズ1: 準備',
      '- [ ] T001：プロジェクトを作る',
      '## フェーズ2: 実装',
      '- [ ] T002：キューを作る',
      '## 受け入れ基準',
      '- [ ] 動く',
    ),
    reads: ['フェーズ1: 準備', '3 T001 open', 'フェーズ2: 実装', '5 T002 open'],
  },
  {
    name: 'Korean',
    text: lines(
      '# 작업',
      '## 1단계: 준비',
      '- [ ] T001 프로젝트 만들기',
      '## 2단계: 구현',
      '- [x] T002 큐 만들기',
      '## 완료 기준',
      '- [ ] 동작한다',
    ),
    reads: ['1단계: 준비', '3 T001 open', '2단계: 구현', '5 T002 done'],
  },
  {
    name: 'Russian',
    text: lines(
      '# Задачи',
      '## Этап 1: Основа',
      '- [ ] T001 Создать проект',
      '## Этап 2: Код',
      '- [ ] T002 Создать очередь',
      '## Критерии приёмки',
      '- [ ] Всё работает',
    ),
    reads: ['Этап 1: Основа', '3 T001 open', 'Этап 2: Код', '5 T002 open'],
  },
]

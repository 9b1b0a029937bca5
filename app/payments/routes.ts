import router from '@adonisjs/core/services/router'
import { tenantPage } from '#start/kernel'

const ExceptionsController = () => import('#app/payments/controllers/exceptions_controller')
const ExceptionDecisionsController = () =>
  import('#app/payments/controllers/exception_decisions_controller')
const ExceptionNotesController = () =>
  import('#app/payments/controllers/exception_notes_controller')
const FeeExportsController = () => import('#app/payments/controllers/fee_exports_controller')
const FeesController = () => import('#app/payments/controllers/fees_controller')
const ReleasesController = () => import('#app/payments/controllers/releases_controller')
const StatementExportsController = () =>
  import('#app/payments/controllers/statement_exports_controller')
const StatementMonthsController = () =>
  import('#app/payments/controllers/statement_months_controller')
const StatementsController = () => import('#app/payments/controllers/statements_controller')

router
  .group(() => {
    router.get('/', [ExceptionsController, 'index']).as('index')
    router.get('/:id', [ExceptionsController, 'show']).as('show')
    router.post('/:id/decision', [ExceptionDecisionsController, 'store']).as('decisions.store')
    router.post('/:id/notes', [ExceptionNotesController, 'store']).as('notes.store')
  })
  .prefix('/t/:slug/exceptions')
  .as('exceptions')
  .use(tenantPage())

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/

router
  .group(() => {
    router.get('/fees', [FeesController, 'index']).as('index')
    router.get('/fees/:month', [FeesController, 'show']).as('show')
    router.get('/fees/:month/export.csv', [FeeExportsController, 'show']).as('export')
  })
  .where('month', MONTH)
  .prefix('/t/:slug')
  .as('fees')
  .use(tenantPage())

router
  .group(() => {
    router.get('/statement', [StatementsController, 'index']).as('index')
    router.get('/statement.csv', [StatementExportsController, 'show']).as('export')
    router.get('/statement/releases', [ReleasesController, 'index']).as('releases')
    router
      .get('/statement/:month', [StatementMonthsController, 'show'])
      .where('month', MONTH)
      .as('month')
  })
  .prefix('/t/:slug')
  .as('statement')
  .use(tenantPage())

import router from '@adonisjs/core/services/router'
import { tenantPage } from '#start/kernel'

const ExceptionsController = () => import('#app/payments/controllers/exceptions_controller')
const ExceptionDecisionsController = () =>
  import('#app/payments/controllers/exception_decisions_controller')
const ExceptionNotesController = () =>
  import('#app/payments/controllers/exception_notes_controller')

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

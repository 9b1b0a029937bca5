import router from '@adonisjs/core/services/router'
import { adminPage } from '#start/kernel'

const DashboardController = () => import('#app/admin/controllers/dashboard_controller')
const ExceptionDecisionsController = () =>
  import('#app/admin/controllers/exception_decisions_controller')
const ExceptionLinksController = () => import('#app/admin/controllers/exception_links_controller')
const ExceptionNotesController = () => import('#app/admin/controllers/exception_notes_controller')
const ExceptionsController = () => import('#app/admin/controllers/exceptions_controller')
const PayoutsController = () => import('#app/admin/controllers/payouts_controller')
const PayoutApprovalsController = () => import('#app/admin/controllers/payout_approvals_controller')
const PayoutDestinationsController = () =>
  import('#app/admin/controllers/payout_destinations_controller')
const PayoutFailuresController = () => import('#app/admin/controllers/payout_failures_controller')
const PayoutPaymentsController = () => import('#app/admin/controllers/payout_payments_controller')
const PayoutRejectionsController = () =>
  import('#app/admin/controllers/payout_rejections_controller')
const PayoutReturnsController = () => import('#app/admin/controllers/payout_returns_controller')
const PayoutStartsController = () => import('#app/admin/controllers/payout_starts_controller')
const TenantFeesController = () => import('#app/admin/controllers/tenant_fees_controller')
const TenantsController = () => import('#app/admin/controllers/tenants_controller')
const WebhookEventsController = () => import('#app/admin/controllers/webhook_events_controller')
const WebhookReplaysController = () => import('#app/admin/controllers/webhook_replays_controller')

router
  .group(() => {
    router.get('/', [DashboardController, 'show']).as('dashboard')

    router.get('/tenants', [TenantsController, 'index']).as('tenants.index')
    router.post('/tenants', [TenantsController, 'store']).as('tenants.store')
    router.get('/tenants/new', [TenantsController, 'create']).as('tenants.create')
    router.get('/tenants/:id', [TenantsController, 'show']).as('tenants.show')
    router.post('/tenants/:id/fee', [TenantFeesController, 'update']).as('tenant_fees.update')

    router.get('/payouts', [PayoutsController, 'index']).as('payouts.index')
    router
      .group(() => {
        router.get('/', [PayoutsController, 'show']).as('payouts.show')
        router.post('/approval', [PayoutApprovalsController, 'store']).as('payout_approvals.store')
        router.post('/start', [PayoutStartsController, 'store']).as('payout_starts.store')
        router
          .get('/destination', [PayoutDestinationsController, 'show'])
          .as('payout_destinations.show')
        router
          .post('/destination', [PayoutDestinationsController, 'store'])
          .as('payout_destinations.store')
        router.post('/payment', [PayoutPaymentsController, 'store']).as('payout_payments.store')
        router
          .post('/rejection', [PayoutRejectionsController, 'store'])
          .as('payout_rejections.store')
        router.post('/failure', [PayoutFailuresController, 'store']).as('payout_failures.store')
        router.post('/return', [PayoutReturnsController, 'store']).as('payout_returns.store')
      })
      .prefix('/payouts/:id')

    router.get('/webhooks', [WebhookEventsController, 'index']).as('webhook_events.index')
    router.get('/webhooks/:id', [WebhookEventsController, 'show']).as('webhook_events.show')
    router
      .post('/webhooks/:id/replay', [WebhookReplaysController, 'store'])
      .as('webhook_replays.store')

    router.get('/exceptions', [ExceptionsController, 'index']).as('exceptions.index')
    router
      .group(() => {
        router.get('/', [ExceptionsController, 'show']).as('exceptions.show')
        router
          .post('/decision', [ExceptionDecisionsController, 'store'])
          .as('exception_decisions.store')
        router.post('/link', [ExceptionLinksController, 'store']).as('exception_links.store')
        router.post('/notes', [ExceptionNotesController, 'store']).as('exception_notes.store')
      })
      .prefix('/exceptions/:id')
  })
  .prefix('/admin')
  .as('admin')
  .use(adminPage())

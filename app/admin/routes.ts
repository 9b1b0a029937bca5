import router from '@adonisjs/core/services/router'
import { MOST_RESULT_BYTES } from '#app/payouts/actions/upload_results'
import { MOST_PROOF_BYTES } from '#app/payouts/actions/add_proof'
import { adminPage, middleware } from '#start/kernel'

const ConnectionsController = () => import('#app/admin/controllers/connections_controller')
const ConnectionRenewalsController = () =>
  import('#app/admin/controllers/connection_renewals_controller')
const AdjustmentReversalsController = () =>
  import('#app/admin/controllers/adjustment_reversals_controller')
const AdjustmentsController = () => import('#app/admin/controllers/adjustments_controller')
const CloseController = () => import('#app/admin/controllers/close_controller')
const DashboardController = () => import('#app/admin/controllers/dashboard_controller')
const ExceptionDecisionsController = () =>
  import('#app/admin/controllers/exception_decisions_controller')
const ExceptionLinksController = () => import('#app/admin/controllers/exception_links_controller')
const ExceptionNotesController = () => import('#app/admin/controllers/exception_notes_controller')
const ExceptionsController = () => import('#app/admin/controllers/exceptions_controller')
const FeeDocumentsController = () => import('#app/admin/controllers/fee_documents_controller')
const FeeExportsController = () => import('#app/admin/controllers/fee_exports_controller')
const FeesController = () => import('#app/admin/controllers/fees_controller')
const PayoutsController = () => import('#app/admin/controllers/payouts_controller')
const PayoutApprovalsController = () => import('#app/admin/controllers/payout_approvals_controller')
const PayoutBatchesController = () => import('#app/admin/controllers/payout_batches_controller')
const PayoutBatchFilesController = () =>
  import('#app/admin/controllers/payout_batch_files_controller')
const PayoutDecisionsController = () => import('#app/admin/controllers/payout_decisions_controller')
const PayoutDestinationsController = () =>
  import('#app/admin/controllers/payout_destinations_controller')
const PayoutFailuresController = () => import('#app/admin/controllers/payout_failures_controller')
const PayoutPaymentsController = () => import('#app/admin/controllers/payout_payments_controller')
const PayoutProofsController = () => import('#app/admin/controllers/payout_proofs_controller')
const PayoutResultsController = () => import('#app/admin/controllers/payout_results_controller')
const PayoutResultApplicationsController = () =>
  import('#app/admin/controllers/payout_result_applications_controller')
const PayoutRulesController = () => import('#app/admin/controllers/payout_rules_controller')
const PayoutRejectionsController = () =>
  import('#app/admin/controllers/payout_rejections_controller')
const PayoutReturnsController = () => import('#app/admin/controllers/payout_returns_controller')
const PayoutStartsController = () => import('#app/admin/controllers/payout_starts_controller')
const TenantApprovalsController = () => import('#app/admin/controllers/tenant_approvals_controller')
const TenantChecksController = () => import('#app/admin/controllers/tenant_checks_controller')
const TenantFeesController = () => import('#app/admin/controllers/tenant_fees_controller')
const TenantHoldbacksController = () => import('#app/admin/controllers/tenant_holdbacks_controller')
const TenantsController = () => import('#app/admin/controllers/tenants_controller')
const WebhookEventsController = () => import('#app/admin/controllers/webhook_events_controller')
const WebhookQuarantineController = () =>
  import('#app/admin/controllers/webhook_quarantine_controller')
const WebhookReplayBatchesController = () =>
  import('#app/admin/controllers/webhook_replay_batches_controller')
const WebhookReviewsController = () => import('#app/admin/controllers/webhook_reviews_controller')
const WebhookReplaysController = () => import('#app/admin/controllers/webhook_replays_controller')

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/

router
  .group(() => {
    router.get('/', [DashboardController, 'show']).as('dashboard')

    router.get('/fees', [FeesController, 'index']).as('fees.index')
    router.get('/fees/:month', [FeesController, 'index']).where('month', MONTH).as('fees.month')
    router
      .get('/fees/:month/export.csv', [FeeExportsController, 'show'])
      .where('month', MONTH)
      .as('fees.export')
    router.get('/fees/:month/:id', [FeesController, 'show']).where('month', MONTH).as('fees.show')
    router
      .post('/fees/:month/:id/document', [FeeDocumentsController, 'update'])
      .where('month', MONTH)
      .as('fee_documents.update')

    router.get('/tenants', [TenantsController, 'index']).as('tenants.index')
    router.post('/tenants', [TenantsController, 'store']).as('tenants.store')
    router.get('/tenants/new', [TenantsController, 'create']).as('tenants.create')
    router.get('/tenants/:id', [TenantsController, 'show']).as('tenants.show')
    router
      .post('/tenants/:id/approval', [TenantApprovalsController, 'store'])
      .as('tenant_approvals.store')
    router.post('/tenants/:id/check', [TenantChecksController, 'store']).as('tenant_checks.store')
    router.post('/tenants/:id/fee', [TenantFeesController, 'update']).as('tenant_fees.update')

    router.get('/connections', [ConnectionsController, 'index']).as('connections.index')
    router
      .post('/connections/:id/renewal', [ConnectionRenewalsController, 'store'])
      .as('connection_renewals.store')

    router
      .post('/tenants/:id/holdback', [TenantHoldbacksController, 'update'])
      .as('tenant_holdbacks.update')
    router
      .group(() => {
        router.get('/', [AdjustmentsController, 'index']).as('adjustments.index')
        router.post('/', [AdjustmentsController, 'store']).as('adjustments.store')
        router.get('/new', [AdjustmentsController, 'create']).as('adjustments.create')
        router
          .group(() => {
            const reversals = AdjustmentReversalsController
            router.get('/', [reversals, 'create']).as('adjustment_reversals.create')
            router.post('/', [reversals, 'store']).as('adjustment_reversals.store')
          })
          .prefix('/:adjustment/reversal')
          .where('adjustment', router.matchers.uuid())
      })
      .prefix('/tenants/:id/adjustments')

    router.get('/close', [CloseController, 'show']).as('close.show')
    router.post('/close', [CloseController, 'store']).as('close.store')

    router.get('/payouts', [PayoutsController, 'index']).as('payouts.index')
    router
      .post('/payouts/decisions', [PayoutDecisionsController, 'store'])
      .as('payout_decisions.store')
    router.get('/payouts/rules', [PayoutRulesController, 'edit']).as('payout_rules.edit')
    router.post('/payouts/rules', [PayoutRulesController, 'update']).as('payout_rules.update')
    router.get('/payouts/batches', [PayoutBatchesController, 'index']).as('payout_batches.index')
    router.post('/payouts/batches', [PayoutBatchesController, 'store']).as('payout_batches.store')
    router.get('/payouts/batches/:id', [PayoutBatchesController, 'show']).as('payout_batches.show')
    router
      .post('/payouts/batches/:id/file', [PayoutBatchFilesController, 'store'])
      .as('payout_batch_files.store')
    router.get('/payouts/results', [PayoutResultsController, 'create']).as('payout_results.create')
    router.get('/payouts/results/:id', [PayoutResultsController, 'show']).as('payout_results.show')
    router
      .post('/payouts/results/:id/application', [PayoutResultApplicationsController, 'store'])
      .as('payout_result_applications.store')
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
        router
          .get('/proofs/:proof', [PayoutProofsController, 'show'])
          .where('proof', router.matchers.uuid())
          .as('payout_proofs.show')
        router
          .post('/rejection', [PayoutRejectionsController, 'store'])
          .as('payout_rejections.store')
        router.post('/failure', [PayoutFailuresController, 'store']).as('payout_failures.store')
        router.post('/return', [PayoutReturnsController, 'store']).as('payout_returns.store')
      })
      .prefix('/payouts/:id')

    router.get('/webhooks', [WebhookEventsController, 'index']).as('webhook_events.index')
    router
      .get('/webhooks/quarantine', [WebhookQuarantineController, 'index'])
      .as('webhook_quarantine.index')
    router
      .get('/webhooks/replays/new', [WebhookReplayBatchesController, 'create'])
      .as('webhook_replay_batches.create')
    router
      .post('/webhooks/replays', [WebhookReplayBatchesController, 'store'])
      .as('webhook_replay_batches.store')
    router
      .post('/webhooks/reviews', [WebhookReviewsController, 'store'])
      .as('webhook_reviews.store')
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

/** Forms with a file, whose token travels in the same body: it is read before the session. */
const proof = middleware.upload({ field: 'proof', mostBytes: MOST_PROOF_BYTES })
router
  .post('/admin/payouts/:id/payment', [PayoutPaymentsController, 'store'])
  .as('admin.payout_payments.store')
  .use([proof, ...adminPage()])
router
  .post('/admin/payouts/:id/proofs', [PayoutProofsController, 'store'])
  .as('admin.payout_proofs.store')
  .use([proof, ...adminPage()])
router
  .post('/admin/payouts/results', [PayoutResultsController, 'store'])
  .as('admin.payout_results.store')
  .use([middleware.upload({ field: 'file', mostBytes: MOST_RESULT_BYTES }), ...adminPage()])

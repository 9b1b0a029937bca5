import router from '@adonisjs/core/services/router'
import { tenantPage } from '#start/kernel'

const PayoutsController = () => import('#app/payouts/controllers/payouts_controller')
const PayoutCancellationsController = () =>
  import('#app/payouts/controllers/payout_cancellations_controller')
const PayoutDestinationsController = () =>
  import('#app/payouts/controllers/payout_destinations_controller')
const PayoutProofsController = () => import('#app/payouts/controllers/payout_proofs_controller')
const PayoutReceiptsController = () => import('#app/payouts/controllers/payout_receipts_controller')
const PayoutSchedulesController = () =>
  import('#app/payouts/controllers/payout_schedules_controller')

router
  .group(() => {
    router.get('/', [PayoutsController, 'index']).as('payouts.index')
    router.post('/', [PayoutsController, 'store']).as('payouts.store')
    router.get('/new', [PayoutsController, 'create']).as('payouts.create')
    router.get('/destination', [PayoutDestinationsController, 'edit']).as('payout_destination.edit')
    router
      .post('/destination', [PayoutDestinationsController, 'update'])
      .as('payout_destination.update')
    router.get('/schedule', [PayoutSchedulesController, 'edit']).as('payout_schedule.edit')
    router.post('/schedule', [PayoutSchedulesController, 'update']).as('payout_schedule.update')
    router.get('/:id', [PayoutsController, 'show']).as('payouts.show')
    router
      .post('/:id/cancellation', [PayoutCancellationsController, 'store'])
      .as('payout_cancellations.store')
    router.get('/:id/receipt', [PayoutReceiptsController, 'show']).as('payout_receipts.show')
    router
      .get('/:id/proofs/:proof', [PayoutProofsController, 'show'])
      .where('proof', router.matchers.uuid())
      .as('payout_proofs.show')
  })
  .prefix('/t/:slug/payouts')
  .use(tenantPage())

import router from '@adonisjs/core/services/router'
import { publicPage, tenantPage } from '#start/kernel'
import { issueThrottle, sendThrottle } from '#app/receivables/throttles'

const ReceivablesController = () => import('#app/receivables/controllers/receivables_controller')
const ExportsController = () => import('#app/receivables/controllers/receivable_exports_controller')
const DraftsController = () => import('#app/receivables/controllers/drafts_controller')
const CopiesController = () => import('#app/receivables/controllers/copies_controller')
const ChargesController = () => import('#app/receivables/controllers/charges_controller')
const CancellationsController = () =>
  import('#app/receivables/controllers/cancellations_controller')
const TermsController = () => import('#app/receivables/controllers/terms_controller')
const SendingsController = () => import('#app/receivables/controllers/sendings_controller')
const SharesController = () => import('#app/receivables/controllers/shares_controller')
const LinksController = () => import('#app/receivables/controllers/links_controller')
const PayerController = () => import('#app/receivables/controllers/payer_controller')

router
  .group(() => {
    router.get('receivables.csv', [ExportsController, 'show']).as('receivables.export')
    router.resource('receivables', ReceivablesController).only(['index', 'create', 'store', 'show'])
    router.get('receivables/:id/edit', [DraftsController, 'edit']).as('receivables.edit')
    router
      .get('receivables/:id/edit/customer', [DraftsController, 'customer'])
      .as('receivables.edit.customer')
    router.put('receivables/:id', [DraftsController, 'update']).as('receivables.update')
    router.get('receivables/:id/copy', [CopiesController, 'create']).as('receivables.copy')
    router
      .post('receivables/:id/charges', [ChargesController, 'store'])
      .use(issueThrottle)
      .as('receivables.charges.store')
    router.put('receivables/:id/terms', [TermsController, 'update']).as('receivables.terms.update')
    router
      .post('receivables/:id/sendings', [SendingsController, 'store'])
      .use(sendThrottle)
      .as('receivables.sendings.store')
    router.post('receivables/:id/share', [SharesController, 'store']).as('receivables.share.store')
    router.put('receivables/:id/link', [LinksController, 'update']).as('receivables.link.update')
    router
      .post('receivables/:id/cancellation', [CancellationsController, 'store'])
      .as('receivables.cancellation.store')
  })
  .prefix('/t/:slug')
  .use(tenantPage())

/** Outside session and shield: strangers open it, and nothing can be changed here. */
router
  .group(() => {
    router.get('/', [PayerController, 'show']).as('show')
    router.get('/version', [PayerController, 'version']).as('version')
  })
  .prefix('/p/:token')
  .where('token', /^[\w-]{20,64}$/)
  .as('payer')
  .use(publicPage())

import router from '@adonisjs/core/services/router'
import { tenantPage } from '#start/kernel'

const CustomersController = () => import('#app/receivables/controllers/customers_controller')
const MergesController = () => import('#app/receivables/controllers/customer_merges_controller')
const ExportsController = () => import('#app/receivables/controllers/customer_exports_controller')
const ErasuresController = () => import('#app/receivables/controllers/customer_erasures_controller')

router
  .group(() => {
    router.resource('customers', CustomersController).except(['destroy'])
    router.get('customers/:id/merge', [MergesController, 'create']).as('customers.merge.create')
    router.post('customers/:id/merge', [MergesController, 'store']).as('customers.merge.store')
    router.get('customers/:id/data', [ExportsController, 'show']).as('customers.export')
    router.post('customers/:id/erasure', [ErasuresController, 'store']).as('customers.erase')
  })
  .prefix('/t/:slug')
  .use(tenantPage())

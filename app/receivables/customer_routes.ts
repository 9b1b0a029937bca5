import router from '@adonisjs/core/services/router'
import { tenantPage } from '#start/kernel'

const CustomersController = () => import('#app/receivables/controllers/customers_controller')

router
  .group(() => {
    router.resource('customers', CustomersController).except(['destroy'])
  })
  .prefix('/t/:slug')
  .use(tenantPage())

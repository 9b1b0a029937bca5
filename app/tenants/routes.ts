import router from '@adonisjs/core/services/router'
import { tenantPage, userPage } from '#start/kernel'

const HomeController = () => import('#app/tenants/controllers/home_controller')
const ChoicesController = () => import('#app/tenants/controllers/choices_controller')
const OverviewsController = () => import('#app/tenants/controllers/overviews_controller')

router.get('/', [HomeController, 'show']).as('home').use(userPage())
router.get('/tenants', [ChoicesController, 'index']).as('tenants.choices').use(userPage())

router
  .group(() => {
    router.get('/', [OverviewsController, 'show']).as('tenants.overview')
  })
  .prefix('/t/:slug')
  .use(tenantPage())

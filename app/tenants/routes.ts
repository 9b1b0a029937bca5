import router from '@adonisjs/core/services/router'
import { tenantPage, userPage } from '#start/kernel'

const HomeController = () => import('#app/tenants/controllers/home_controller')
const ChoicesController = () => import('#app/tenants/controllers/choices_controller')
const OverviewsController = () => import('#app/tenants/controllers/overviews_controller')
const StoresController = () => import('#app/tenants/controllers/stores_controller')
const DefaultStoresController = () => import('#app/tenants/controllers/default_stores_controller')
const MembersController = () => import('#app/tenants/controllers/members_controller')
const SettingsController = () => import('#app/tenants/controllers/settings_controller')

router.get('/', [HomeController, 'show']).as('home').use(userPage())
router.get('/tenants', [ChoicesController, 'index']).as('tenants.choices').use(userPage())

router
  .group(() => {
    router.get('/', [OverviewsController, 'show']).as('tenants.overview')
    router.get('/stores', [StoresController, 'index']).as('stores.index')
    router.post('/stores', [StoresController, 'store']).as('stores.store')
    router.get('/stores/:id', [StoresController, 'edit']).as('stores.edit')
    router.post('/stores/:id', [StoresController, 'update']).as('stores.update')
    router.post('/stores/:id/default', [DefaultStoresController, 'store']).as('stores.default')
    router.get('/members', [MembersController, 'index']).as('members.index')
    router.get('/settings', [SettingsController, 'edit']).as('settings.edit')
    router.post('/settings', [SettingsController, 'update']).as('settings.update')
  })
  .prefix('/t/:slug')
  .use(tenantPage())

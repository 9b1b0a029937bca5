import router from '@adonisjs/core/services/router'
import { middleware, publicPage, tenantPage, userPage } from '#start/kernel'
import { MOST_LOGO_BYTES } from '#app/tenants/actions/save_logo'

const HomeController = () => import('#app/tenants/controllers/home_controller')
const ChoicesController = () => import('#app/tenants/controllers/choices_controller')
const OverviewsController = () => import('#app/tenants/controllers/overviews_controller')
const StoresController = () => import('#app/tenants/controllers/stores_controller')
const DefaultStoresController = () => import('#app/tenants/controllers/default_stores_controller')
const MembersController = () => import('#app/tenants/controllers/members_controller')
const DigestsController = () => import('#app/tenants/controllers/digests_controller')
const SettingsController = () => import('#app/tenants/controllers/settings_controller')
const BrandsController = () => import('#app/tenants/controllers/brands_controller')
const LogosController = () => import('#app/tenants/controllers/logos_controller')

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
    router.post('/members/digest', [DigestsController, 'update']).as('digest.update')
    router.get('/settings', [SettingsController, 'edit']).as('settings.edit')
    router.post('/settings', [SettingsController, 'update']).as('settings.update')
    router.get('/settings/brand', [BrandsController, 'edit']).as('brand.edit')
    router.post('/settings/brand', [BrandsController, 'update']).as('brand.update')
    router.delete('/settings/logo', [LogosController, 'destroy']).as('logo.destroy')
  })
  .prefix('/t/:slug')
  .use(tenantPage())

router
  .post('/t/:slug/settings/logo', [LogosController, 'store'])
  .as('logo.store')
  .use([middleware.upload({ field: 'logo', mostBytes: MOST_LOGO_BYTES }), ...tenantPage()])

router
  .get('/logos/:token', [LogosController, 'show'])
  .where('token', /^[\w-]{20,64}$/)
  .as('logo.show')
  .use(publicPage())

import router from '@adonisjs/core/services/router'
import { adminPage, page, tenantPage } from '#start/kernel'

const GatewayController = () => import('#app/gateway/controllers/gateway_controller')
const PlatformAccountsController = () =>
  import('#app/gateway/controllers/platform_accounts_controller')
const WebhookSecretsController = () => import('#app/gateway/controllers/webhook_secrets_controller')
const CustodyConfirmationsController = () =>
  import('#app/gateway/controllers/custody_confirmations_controller')
const ApplicationTestsController = () =>
  import('#app/gateway/controllers/application_tests_controller')
const ConnectionsController = () => import('#app/gateway/controllers/connections_controller')
const ConnectionAttemptsController = () =>
  import('#app/gateway/controllers/connection_attempts_controller')
const ConnectionAnswersController = () =>
  import('#app/gateway/controllers/connection_answers_controller')
const AccountChoicesController = () => import('#app/gateway/controllers/account_choices_controller')
const ReconnectionsController = () => import('#app/gateway/controllers/reconnections_controller')
const DefaultConnectionsController = () =>
  import('#app/gateway/controllers/default_connections_controller')
const DisconnectionsController = () => import('#app/gateway/controllers/disconnections_controller')
const StoreConnectionsController = () =>
  import('#app/gateway/controllers/store_connections_controller')
const ModesController = () => import('#app/gateway/controllers/modes_controller')

router
  .group(() => {
    router.get('/', [ConnectionsController, 'index']).as('connections.index')
    router.get('/mode', [ModesController, 'edit']).as('mode.edit')
    router.post('/mode', [ModesController, 'update']).as('mode.update')
    router
      .get('/connect', [ConnectionAttemptsController, 'create'])
      .as('connection_attempts.create')
    router
      .post('/attempts', [ConnectionAttemptsController, 'store'])
      .as('connection_attempts.store')
    router
      .get('/attempts/:id', [ConnectionAttemptsController, 'show'])
      .as('connection_attempts.show')
    router
      .post('/attempts/:id/choice', [AccountChoicesController, 'store'])
      .as('account_choices.store')
    router.get('/stores/:id', [StoreConnectionsController, 'edit']).as('store_connections.edit')
    router
      .post('/stores/:id', [StoreConnectionsController, 'update'])
      .as('store_connections.update')
    router.get('/:id', [ConnectionsController, 'show']).as('connections.show')
    router.post('/:id', [ConnectionsController, 'update']).as('connections.update')
    router.post('/:id/reconnection', [ReconnectionsController, 'store']).as('reconnections.store')
    router
      .get('/:id/default', [DefaultConnectionsController, 'create'])
      .as('default_connections.create')
    router
      .post('/:id/default', [DefaultConnectionsController, 'store'])
      .as('default_connections.store')
    router
      .get('/:id/disconnection', [DisconnectionsController, 'create'])
      .as('disconnections.create')
    router
      .post('/:id/disconnection', [DisconnectionsController, 'store'])
      .as('disconnections.store')
  })
  .prefix('/t/:slug/gateway')
  .use(tenantPage())

// Exactly this address is registered with the application. Who is not logged in begins anew: the
// code is kept nowhere to come back to.
router
  .group(() => {
    router.get('/callback', [ConnectionAnswersController, 'show']).as('connection_answers.show')
    router
      .get('/unknown', [ConnectionAnswersController, 'unknown'])
      .as('connection_answers.unknown')
  })
  .prefix('/tenant/gateway')
  .use(page())

router
  .group(() => {
    router.get('/', [GatewayController, 'show']).as('show')
    router.put('/', [GatewayController, 'update']).as('update')
    router.post('/accounts', [PlatformAccountsController, 'store']).as('accounts.store')
    router.post('/secrets', [WebhookSecretsController, 'store']).as('secrets.store')
    router.delete('/secrets/:id', [WebhookSecretsController, 'destroy']).as('secrets.destroy')
    router.post('/application/test', [ApplicationTestsController, 'store']).as('application.test')
    router.post('/custody', [CustodyConfirmationsController, 'store']).as('custody.store')
  })
  .prefix('/admin/gateway')
  .as('admin.gateway')
  .use(adminPage())

import router from '@adonisjs/core/services/router'
import { adminPage } from '#start/kernel'

const GatewayController = () => import('#app/gateway/controllers/gateway_controller')
const PlatformAccountsController = () =>
  import('#app/gateway/controllers/platform_accounts_controller')
const WebhookSecretsController = () => import('#app/gateway/controllers/webhook_secrets_controller')
const CustodyConfirmationsController = () =>
  import('#app/gateway/controllers/custody_confirmations_controller')

router
  .group(() => {
    router.get('/', [GatewayController, 'show']).as('show')
    router.put('/', [GatewayController, 'update']).as('update')
    router.post('/accounts', [PlatformAccountsController, 'store']).as('accounts.store')
    router.post('/secrets', [WebhookSecretsController, 'store']).as('secrets.store')
    router.delete('/secrets/:id', [WebhookSecretsController, 'destroy']).as('secrets.destroy')
    router.post('/custody', [CustodyConfirmationsController, 'store']).as('custody.store')
  })
  .prefix('/admin/gateway')
  .as('admin.gateway')
  .use(adminPage())

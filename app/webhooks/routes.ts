import router from '@adonisjs/core/services/router'

const MercadoPagoNotificationsController = () =>
  import('#app/webhooks/controllers/mercado_pago_notifications_controller')

/** Signed by the sender: no session, no CSRF, and a body that is kept as it came. */
router
  .post('/webhooks/mercadopago', [MercadoPagoNotificationsController, 'store'])
  .as('webhooks.mercadopago')

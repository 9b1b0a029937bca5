import router from '@adonisjs/core/services/router'
import '#app/webhooks/routes'

router.get('/health/live', ({ response }) => response.ok({ status: 'ok' })).as('health.live')

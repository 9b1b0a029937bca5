import router from '@adonisjs/core/services/router'

const HealthController = () => import('#app/core/health/health_controller')

/** For load balancers and supervisors: no session, nothing secret. */
router.get('/health/live', [HealthController, 'live']).as('health.live')
router.get('/health/ready', [HealthController, 'ready']).as('health.ready')

import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#app/core/http/error_handler'))

server.use([
  () => import('#app/core/middleware/container_bindings_middleware'),
  () => import('@adonisjs/static/static_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

router.use([() => import('@adonisjs/core/bodyparser_middleware')])

/**
 * `page` stacks run only where somebody may log in: webhooks, health and the payer's page must not
 * store a session for each anonymous visit.
 */
export const middleware = router.named({
  locale: () => import('#app/core/middleware/detect_locale_middleware'),
  session: () => import('@adonisjs/session/session_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  initializeAuth: () => import('@adonisjs/auth/initialize_auth_middleware'),
})

/** Everything that a page with a login needs, in order. */
export const page = () => [
  middleware.session(),
  middleware.locale(),
  middleware.shield(),
  middleware.initializeAuth(),
]

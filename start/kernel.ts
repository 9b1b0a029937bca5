import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#app/core/http/error_handler'))

server.use([
  () => import('#app/webhooks/door/door_middleware'),
  () => import('#app/core/middleware/security_headers_middleware'),
  () => import('#app/core/middleware/container_bindings_middleware'),
  () => import('@adonisjs/static/static_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

router.use([
  () => import('#app/core/middleware/plain_body_middleware'),
  () => import('@adonisjs/core/bodyparser_middleware'),
  () => import('#app/core/middleware/plain_text_middleware'),
])

/** An id that is none is an unknown address: PostgreSQL would answer it with an error. */
router.where('id', router.matchers.uuid())

export const middleware = router.named({
  fileUpload: () => import('#app/core/middleware/file_upload_middleware'),
  upload: () => import('#app/core/middleware/upload_middleware'),
  locale: () => import('#app/core/middleware/detect_locale_middleware'),
  session: () => import('@adonisjs/session/session_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  initializeAuth: () => import('@adonisjs/auth/initialize_auth_middleware'),
  reader: () => import('#app/identity/middleware/reader_middleware'),
  auth: () => import('#app/identity/middleware/auth_middleware'),
  guest: () => import('#app/identity/middleware/guest_middleware'),
  platformAdmin: () => import('#app/identity/middleware/platform_admin_middleware'),
  tenant: () => import('#app/tenants/middleware/tenant_middleware'),
})

/**
 * A page that strangers see: the payer's page. No session, so that no anonymous visit stores a row,
 * hence no form that changes anything without a secret of its own.
 */
export const publicPage = () => [middleware.locale()]

/** A page with a session, whether somebody is logged in or not: the login itself. */
export const page = () => [
  middleware.session(),
  middleware.locale(),
  middleware.shield(),
  middleware.initializeAuth(),
  middleware.reader(),
]

/** A page of whoever is logged in. */
export const userPage = () => [...page(), middleware.auth()]

/** A page below `/t/:slug`: `ctx.tenant` and `ctx.membership` are there. */
export const tenantPage = () => [...userPage(), middleware.tenant()]

/** Where a member posts a long file: known before a byte of it is kept, its form checked after. */
export const tenantUpload = (options: Parameters<typeof middleware.fileUpload>[0]) => [
  middleware.session(),
  middleware.locale(),
  middleware.initializeAuth(),
  middleware.reader(),
  middleware.auth(),
  middleware.tenant(),
  middleware.fileUpload(options),
  middleware.shield(),
]

/** A page below `/admin`, for platform admins. */
export const adminPage = () => [...userPage(), middleware.platformAdmin()]

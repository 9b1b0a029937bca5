import { defineConfig } from '@adonisjs/shield'

/** Under `npm run dev` Vite serves scripts, styles and a socket of its own. */
const inDev = Boolean(process.env.DEV_MODE)
const vite = inDev ? ['http://localhost:*', 'ws://localhost:*'] : []

/** Sent by the security headers middleware on every answer. */
export const securityHeaders = defineConfig({
  csp: {
    enabled: true,
    directives: {
      defaultSrc: [`'self'`],
      baseUri: [`'none'`],
      objectSrc: [`'none'`],
      frameAncestors: [`'none'`],
      formAction: [`'self'`],
      imgSrc: [`'self'`, 'data:'],
      fontSrc: [`'self'`, 'data:'],
      scriptSrc: [`'self'`, '@nonce', ...vite],
      styleSrc: [`'self'`, inDev ? `'unsafe-inline'` : '@nonce', ...vite],
      connectSrc: [`'self'`, ...vite],
    },
    reportOnly: false,
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: true, maxAge: '1 year', includeSubDomains: true },
  contentTypeSniffing: { enabled: true },
})

/** Shield itself runs where there is a session. */
const shieldConfig = defineConfig({
  csrf: {
    enabled: true,
    exceptRoutes: [],
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
})

export default shieldConfig

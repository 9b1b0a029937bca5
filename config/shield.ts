import { defineConfig } from '@adonisjs/shield'
import app from '@adonisjs/core/services/app'

/** In development Vite serves scripts and a socket of its own. */
const vite = app.inDev ? ['http://localhost:*', 'ws://localhost:*'] : []

const shieldConfig = defineConfig({
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
      styleSrc: [`'self'`, app.inDev ? `'unsafe-inline'` : '@nonce', ...vite],
      connectSrc: [`'self'`, ...vite],
    },
    reportOnly: false,
  },
  csrf: {
    enabled: true,
    exceptRoutes: [],
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },
  xFrame: { enabled: true, action: 'DENY' },
  hsts: { enabled: true, maxAge: '1 year', includeSubDomains: true },
  contentTypeSniffing: { enabled: true },
})

export default shieldConfig

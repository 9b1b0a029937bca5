import limiter from '@adonisjs/limiter/services/main'

/** Issuing calls Mercado Pago: a stuck key or a script must not spend the platform's patience. */
export const issueThrottle = limiter.define('charges.issue', ({ tenant }) =>
  limiter.allowRequests(60).every('1 minute').usingKey(`charges.issue:${tenant.id}`)
)

/** A stuck key or a script must not fill a customer's mailbox. */
export const sendThrottle = limiter.define('receivables.send', ({ tenant }) =>
  limiter.allowRequests(60).every('1 minute').usingKey(`receivables.send:${tenant.id}`)
)

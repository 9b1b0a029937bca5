import { createHash } from 'node:crypto'
import limiter from '@adonisjs/limiter/services/main'

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/**
 * How often somebody may fail to log in. Narrowest first: a stranger who guesses from one address
 * is stopped before he locks the account's owner out; guesses from many addresses stop later.
 */
export const loginLimits = (email: string, ip: string) =>
  limiter.multi([
    { key: `login:${digest(email)}:${ip}`, requests: 5, duration: '15 mins' },
    { key: `login:from:${ip}`, requests: 60, duration: '15 mins' },
    { key: `login:to:${digest(email)}`, requests: 30, duration: '1 hour' },
  ])

/** How often somebody logged in may get the own password wrong. */
export const passwordLimits = (userId: string) =>
  limiter.multi([{ key: `password:${userId}`, requests: 10, duration: '15 mins' }])

/** How often consent may be asked for: each asks somebody at Mercado Pago, and writes a row. */
export const connectionLimits = (userId: string, tenantId: string) =>
  limiter.multi([
    { key: `connect:${userId}`, requests: 10, duration: '15 mins' },
    { key: `connect:tenant:${tenantId}`, requests: 30, duration: '1 hour' },
  ])

/** How often an admin may try the application's id and secret. */
export const applicationTestLimits = (userId: string) =>
  limiter.multi([{ key: `application-test:${userId}`, requests: 10, duration: '15 mins' }])

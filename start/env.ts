import { Env } from '@adonisjs/core/env'

/** Every setting of the process, validated once; `.env.example` explains each. */
const env = await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  LOG_LEVEL: Env.schema.enum.optional([
    'trace',
    'debug',
    'info',
    'warn',
    'error',
    'fatal',
    'silent',
  ] as const),

  APP_KEY: Env.schema.secret(),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  CREDENTIAL_KEYS: Env.schema.secret(),

  DB_CONNECTION: Env.schema.enum.optional(['sqlite', 'pg'] as const),
  SQLITE_PATH: Env.schema.string.optional(),
  PG_URL: Env.schema.string.optional(),

  MERCADOPAGO_API_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  MERCADOPAGO_AUTH_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  MERCADOPAGO_CLIENT_ID: Env.schema.string.optional(),
  MERCADOPAGO_CLIENT_SECRET: Env.schema.secret.optional(),
  MERCADOPAGO_WEBHOOK_SECRETS: Env.schema.secret.optional(),

  MAIL_FROM: Env.schema.string.optional(),
  SMTP_HOST: Env.schema.string.optional(),
  SMTP_PORT: Env.schema.number.optional(),
  SMTP_USERNAME: Env.schema.string.optional(),
  SMTP_PASSWORD: Env.schema.secret.optional(),

  WORKER: Env.schema.enum.optional(['inline', 'off'] as const),
  CLOCK_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  DEMO: Env.schema.boolean.optional(),
})

if (env.get('NODE_ENV') === 'production' && (env.get('DEMO') || env.get('CLOCK_URL'))) {
  throw new Error('DEMO and CLOCK_URL are for demonstrations and tests: unset them in production.')
}
if (env.get('DB_CONNECTION') === 'pg' && !env.get('PG_URL')) {
  throw new Error('DB_CONNECTION=pg needs PG_URL, e.g. postgres://repasse@127.0.0.1:5432/repasse')
}

if (env.get('SMTP_HOST') && !env.get('MAIL_FROM')) {
  throw new Error('SMTP_HOST needs MAIL_FROM: the address that mails come from.')
}

export default env

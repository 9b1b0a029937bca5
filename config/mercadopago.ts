import env from '#start/env'

const list = (value: string | undefined) =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** How Mercado Pago is reached. Secrets entered on the admin's pages are in the database. */
const mercadopago = {
  apiUrl: (env.get('MERCADOPAGO_API_URL') ?? 'https://api.mercadopago.com').replace(/\/+$/, ''),
  authUrl: (env.get('MERCADOPAGO_AUTH_URL') ?? 'https://auth.mercadopago.com').replace(/\/+$/, ''),
  clientId: env.get('MERCADOPAGO_CLIENT_ID'),
  clientSecret: env.get('MERCADOPAGO_CLIENT_SECRET'),
  webhookSecrets: list(env.get('MERCADOPAGO_WEBHOOK_SECRETS')?.release()),
  timeoutMs: 10_000,
}

export default mercadopago

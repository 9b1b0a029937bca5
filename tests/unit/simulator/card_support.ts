import { PLATFORM_PUBLIC_KEY } from '../../../app/simulator/main.js'
import { bodyOf, type TestSimulator } from './support.js'

export const VISA = '4235647728025682'
export const MASTER = '5031433215406351'
export const AMEX = '375365153556885'

export function cardInput(name: string | null = 'APRO', change: Record<string, unknown> = {}) {
  return {
    card_number: MASTER,
    expiration_month: 11,
    expiration_year: new Date().getUTCFullYear() + 4,
    security_code: '123',
    ...(name !== null && {
      cardholder: { name, identification: { type: 'CPF', number: '12345678909' } },
    }),
    ...change,
  }
}

/** As the payer's browser does it: by the public key alone. */
export function tokenize(
  simulator: TestSimulator,
  input: Record<string, unknown> = cardInput(),
  key: string = PLATFORM_PUBLIC_KEY
) {
  const path = `/v1/card_tokens?public_key=${key}`
  return simulator.call('POST', path, input, { authorization: '' })
}

export async function cardRequest(
  simulator: TestSimulator,
  name = 'APRO',
  change: Record<string, unknown> = {}
): Promise<Record<string, any>> {
  const token = await bodyOf(tokenize(simulator, cardInput(name)))
  return {
    transaction_amount: 12.34,
    token: token.id,
    installments: 1,
    payment_method_id: 'master',
    external_reference: 'c-card',
    payer: { email: 'ana@example.com' },
    ...change,
  }
}

export async function chargeCard(
  simulator: TestSimulator,
  name = 'APRO',
  change: Record<string, unknown> = {}
): Promise<Record<string, any>> {
  const request = await cardRequest(simulator, name, change)
  return bodyOf(simulator.post('/v1/payments', request))
}

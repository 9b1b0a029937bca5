import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import {
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
} from '../../../app/simulator/main.js'
import type { Answered, TestSimulator } from './support.js'

const CPF = '12345678909'

export function payoutRequest(amount = 100, reference?: string): Record<string, any> {
  return {
    external_reference: reference,
    point_of_interaction: { type: 'PSP_TRANSFER' },
    transaction: {
      from: { accounts: [{ amount }] },
      to: {
        accounts: [
          {
            type: 'current',
            amount,
            chave: { type: 'CPF', value: CPF },
            owner: { identification: { type: 'CPF', number: CPF } },
          },
        ],
      },
      total_amount: amount,
    },
  }
}

export function bankAccount(): Record<string, unknown> {
  return {
    type: 'current',
    amount: 100,
    bank_id: '99999004',
    branch: '0001',
    number: '10266732',
    holder: 'Ana Lima',
    currency_id: 'BRL',
    owner: { identification: { type: 'CPF', number: CPF } },
  }
}

export function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: (body: string) => sign(null, Buffer.from(body), privateKey).toString('base64'),
  }
}

async function bodyOf(answer: Promise<Answered>) {
  const { body } = await answer
  return body
}

export async function statusOf(answer: Promise<Answered>) {
  const { status } = await answer
  return status
}

/** What a test of money does to the platform's account. */
export function moneyOf(simulator: TestSimulator) {
  const account = `/_simulator/accounts/${PLATFORM_ACCOUNT_ID}`
  const patch = (path: string, body: unknown) => simulator.call('PATCH', `/_simulator${path}`, body)
  const balance = (): Promise<Record<string, number>> => bodyOf(simulator.get(`${account}/balance`))
  const send = (request: unknown, headers: Record<string, string> = {}): Promise<Answered> =>
    simulator.call('POST', '/v1/transaction-intents/process', request, {
      'x-idempotency-key': randomUUID(),
      'authorization': `Bearer ${PLATFORM_ACCESS_TOKEN}`,
      ...headers,
    })
  return {
    account,
    balance,
    async available() {
      const { available } = await balance()
      return available
    },
    movements: (): Promise<any[]> => bodyOf(simulator.get(`${account}/movements`)),
    move: (kind: string, amount: number, fee?: number) =>
      simulator.call('POST', `${account}/movements`, { kind, amount, fee }),
    settings: (values: Record<string, unknown>) =>
      patch(`/accounts/${PLATFORM_ACCOUNT_ID}`, values),
    allow: (access: Record<string, unknown> = { allowed: true }) =>
      patch(`/applications/${PLATFORM_CLIENT_ID}/payouts`, access),
    send,
    sent: (request: unknown) => bodyOf(send(request)),
    show: (id: string) => bodyOf(simulator.get(`/v1/transaction-intents/${id}`)),
    decide: (id: string, outcome: string) =>
      simulator.control(`/payouts/${id}/outcome`, { outcome }),
  }
}

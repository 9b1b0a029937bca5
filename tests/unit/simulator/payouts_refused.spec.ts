import { test } from '@japa/runner'
import { ARGENTINE_ACCESS_TOKEN } from '../../../app/simulator/main.js'
import { bankAccount, moneyOf, payoutRequest } from './payout_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

type Request = Record<string, any>

function changed(change: (request: Request) => void): Request {
  const request = payoutRequest()
  change(request)
  return request
}

function toAccount(change: Record<string, unknown>): Request {
  return changed(({ transaction }) => Object.assign(transaction.to.accounts[0], change))
}

function toBank(change: Record<string, unknown>): Request {
  return changed(({ transaction }) => {
    transaction.to.accounts = [{ ...bankAccount(), ...change }]
  })
}

const field = (name: string) => `invalid value for field: ${name}`
const toField = (name: string) => field(`transaction.to.accounts[0].${name}`)
const owner = (type: string, number: string) => ({ owner: { identification: { type, number } } })

const REFUSED: [string, unknown, string][] = [
  ['a list', [], 'request with invalid format'],
  [
    'a long reference',
    { ...payoutRequest(), external_reference: 'x'.repeat(65) },
    'Invalid type for field external_reference',
  ],
  [
    'a reference that is a number',
    { ...payoutRequest(), external_reference: 1 },
    'Invalid type for field external_reference',
  ],
  [
    'another point of interaction',
    { ...payoutRequest(), point_of_interaction: { type: 'PIX' } },
    field('point_of_interaction.type'),
  ],
  [
    'a long notification address',
    {
      ...payoutRequest(),
      seller_configuration: {
        notification_info: { notification_url: `http://a.b/${'x'.repeat(500)}` },
      },
    },
    field('seller_configuration.notification_info.notification_url'),
  ],
  ['an amount of zero', payoutRequest(0), field('transaction.from.accounts[0].amount')],
  [
    'an amount above the maximum',
    payoutRequest(10_000_000_001),
    field('transaction.from.accounts[0].amount'),
  ],
  ['three decimals', payoutRequest(1.001), field('transaction.from.accounts[0].amount')],
  ['an amount that differs at its destination', toAccount({ amount: 99 }), toField('amount')],
  [
    'a total that differs',
    changed((request) => (request.transaction.total_amount = 99)),
    field('transaction.total_amount'),
  ],
  [
    'two destinations',
    changed(({ transaction }) => transaction.to.accounts.push(bankAccount())),
    field('transaction.to.accounts'),
  ],
  [
    'no transaction',
    { ...payoutRequest(), transaction: undefined },
    field('transaction.from.accounts'),
  ],
  ['an unknown type of account', toAccount({ type: 'savings' }), toField('type')],
  ['an unknown document', toAccount(owner('RG', '1')), toField('owner.identification.type')],
  [
    'an inherited name as a document',
    toAccount(owner('constructor', '1')),
    toField('owner.identification.type'),
  ],
  ['a wrong CPF', toAccount(owner('CPF', '12345678900')), toField('identification.number')],
  [
    'an unknown kind of key',
    toAccount({ chave: { type: 'RG', value: '1' } }),
    toField('chave.type'),
  ],
  [
    'a key that is no address',
    toAccount({ chave: { type: 'EMAIL', value: 'ana' } }),
    toField('chave.value'),
  ],
  [
    'a key that is no telephone',
    toAccount({ chave: { type: 'PHONE', value: '123' } }),
    toField('chave.value'),
  ],
  [
    'a key that is no random key',
    toAccount({ chave: { type: 'PIX_CODE', value: 'x' } }),
    toField('chave.value'),
  ],
  [
    "somebody else's key",
    toAccount({ chave: { type: 'CNPJ', value: '11222333000181' } }),
    'chave has a different owner',
  ],
  ['no key and no bank', toAccount({ chave: undefined }), toField('bank_id')],
  ['no branch', toBank({ branch: '' }), toField('branch')],
  ['a bank without its eight digits', toBank({ bank_id: '001' }), toField('bank_id')],
  ['another currency', toBank({ currency_id: 'ARS' }), toField('currency_id')],
]

test.group('Simulator | refused payouts', (group) => {
  let simulator: TestSimulator
  let money: ReturnType<typeof moneyOf>
  group.setup(async () => {
    simulator = await startTestSimulator()
    money = moneyOf(simulator)
    await money.allow()
    await money.move('deposit', 500)
    return () => simulator.close()
  })

  test('are those with {0}')
    .with(REFUSED)
    .run(async ({ assert }, [, request, message]) => {
      const { status, body } = await money.send(request)
      assert.equal(status, 400)
      assert.equal(body.message, message)
      assert.equal(await money.available(), 500)
    })

  test('are those without an idempotency key', async ({ assert }) => {
    const { body } = await money.send(payoutRequest(), { 'x-idempotency-key': '' })
    assert.equal(body.cause[0].code, 4292)
  })

  test('are those of a country without payouts', async ({ assert }) => {
    const headers = { authorization: `Bearer ${ARGENTINE_ACCESS_TOKEN}` }
    const { status, body } = await money.send(payoutRequest(), headers)
    assert.equal(status, 400)
    assert.equal(body.message, 'Invalid site')
  })
})

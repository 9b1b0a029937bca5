import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import Charge from '#app/receivables/models/charge'
import { customerFieldOf, refusalOf, refusalsOf, refusalSubject } from '#app/receivables/refusals'

/** Codes of creating a payment, as the provider documents them. */
const documented = [
  ...['1', '3', '8', '17', '23', '1000', '1001', '2001', '2002', '2004', '2006', '2007', '2009'],
  ...['2034', '2059', '2060', '2062', '2067', '2072', '2077', '2131', '4000', '4001', '4002'],
  ...['4003', '4004', '4005', '4006', '4020', '4021', '4022', '4033', '4037', '4038', '4039'],
  ...['4050', '4051', '4094', '4095', '4096', '4097', '4098', '4292', '6033', '7521', '7523'],
  ...['5', '7', '4', '3002', '2000'],
  ...Array.from({ length: 35 }, (_, index) => String(3000 + index)),
]

/** Of preferences: the names that an error carries there. */
const ofLinks = [
  'invalid_items',
  'invalid_payer',
  'invalid_payment_methods',
  'invalid_statement_descriptor',
  'invalid_date',
  'invalid_expires',
  'invalid_expiration_date_to',
  'invalid_auto_return',
  'invalid_marketplace_fee',
]

/** Why a payment that was made is rejected at once. */
const details = [
  'rejected_high_risk',
  'rejected_by_regulations',
  'rejected_by_bank',
  'rejected_insufficient_data',
  'bank_error',
  'collector_unavailable',
  'payer_unavailable',
]

const cannotHappen = new Set([
  // Card data go from the payer to Mercado Pago's own page: none of them passes through us.
  ...['2006', '2009', '2062', '2077', '4000', '4004', '4005', '4033'],
  ...documented.filter((code) => /^30\d\d$/.test(code) && code !== '3002'),
  // "Already posted" is an unknown outcome, and no refusal; 2000 answers a question.
  ...['2001', '2000'],
])

const happens = [...documented.filter((code) => !cannotHappen.has(code)), ...ofLinks, ...details]

const refused = (failureCode: string, method: Charge['method'] = 'boleto') =>
  new Charge().merge({
    state: 'rejected',
    method,
    currency: 'BRL',
    failureCode,
    failureMessage: 'Words of the provider',
  })

test.group('A refusal', () => {
  for (const locale of ['pt-BR', 'es', 'en']) {
    test(`has words of its own for every code that can happen: ${locale}`, ({ assert }) => {
      const i18n = i18nManager.locale(locale)
      for (const code of happens) {
        const refusal = refusalOf(refused(code), i18n)!
        assert.isNotNull(refusal.subject, code)
        assert.notInclude(refusal.text, 'translation missing', code)
        assert.notInclude(refusal.text, 'Words of the provider', code)
        assert.isAbove(refusal.text.length, 20, code)
      }
    })
  }

  test('of what a person can put right names the page and the field', ({ assert }) => {
    const fields = {
      2067: 'tax_id',
      4050: 'email',
      4095: 'name',
      7521: 'zip',
      2034: 'email',
      7523: 'pay_until',
      4037: 'amount',
      invalid_payer: 'name',
      invalid_statement_descriptor: 'statementDescriptor',
    }
    for (const [code, field] of Object.entries(fields)) {
      const refusal = refusalOf(refused(code), i18nManager.locale('en'))
      assert.equal(refusal?.target?.field, field, code)
    }
    assert.equal(customerFieldOf('address'), 'zip')
    assert.isUndefined(customerFieldOf('dates'))
    assert.isUndefined(customerFieldOf('constructor'))
  })

  test("with a code that nobody knows shows the provider's own words", ({ assert }) => {
    const refusal = refusalOf(refused('9999'), i18nManager.locale('en'))!
    assert.isNull(refusal.subject)
    assert.include(refusal.text, '9999')
    assert.include(refusal.text, 'Words of the provider')
    assert.isNull(refusalSubject('9999'))
  })

  test('counts for the last try of each way only', ({ assert }) => {
    const newestFirst = [
      new Charge().merge({ state: 'expired', method: 'pix' }),
      refused('2034', 'pix'),
      refused('7521', 'boleto'),
      refused('2067', 'boleto'),
    ]
    const found = refusalsOf(newestFirst, i18nManager.locale('en'))
    assert.deepEqual(Object.keys(found), ['boleto'])
    assert.equal(found.boleto?.subject, 'address')
  })
})

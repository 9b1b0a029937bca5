import { test } from '@japa/runner'
import { FOREIGN_ACCESS_TOKEN, PLATFORM_PUBLIC_KEY } from '../../../app/simulator/main.js'
import { AMEX, MASTER, VISA, cardInput, tokenize } from './card_support.js'
import { bearer } from './oauth_support.js'
import { startTestSimulator, type TestSimulator } from './support.js'

/** The documented test cards of all sites. */
const TEST_CARDS = [
  '5031433215406351 4235647728025682 375365153556885',
  '5031755734530604 4509953566233704 371180303257522',
  '5474925432670366 4075595716483764',
  '5416752602582580 4168818844447115 375778174461804',
  '5254133674403564 4013540682746260 374378187755283',
  '4009175332806176',
].flatMap((line) => line.split(' '))

test.group('Simulator | card tokens', (group) => {
  let simulator: TestSimulator
  group.each.setup(async () => {
    simulator = await startTestSimulator()
    return () => simulator.close()
  })

  test('are made with a public key, with every documented field', async ({ assert }) => {
    const { status, body } = await tokenize(simulator)
    assert.equal(status, 201)
    assert.match(body.id, /^[0-9a-f]{32}$/)
    const times = ['date_created', 'date_last_updated', 'date_due']
    for (const name of times) assert.match(body[name], /^\d{4}-.*\.\d{3}-04:00$/)
    const days = (Date.parse(body.date_due) - Date.parse(body.date_created)) / 86_400_000
    assert.equal(days, 7)
    const fixed = Object.entries(body).filter(([name]) => !['id', ...times].includes(name))
    assert.deepEqual(Object.fromEntries(fixed), {
      card_id: null,
      first_six_digits: '503143',
      expiration_month: 11,
      expiration_year: new Date().getUTCFullYear() + 4,
      last_four_digits: '6351',
      cardholder: { name: 'APRO', identification: { type: 'CPF', number: '12345678909' } },
      status: 'active',
      luhn_validation: true,
      live_mode: true,
      require_esc: false,
      card_number_length: 16,
      security_code_length: 3,
    })
  })

  test('never hold the number or the code, here or in the journal', async ({ assert }) => {
    const { body } = await tokenize(simulator, cardInput('APRO', { security_code: '987' }))
    const journal = JSON.stringify(await simulator.journal())
    for (const text of [JSON.stringify(body), journal]) {
      assert.notInclude(text, MASTER)
      assert.notInclude(text, '987')
    }
  })

  test('take every documented test card', async ({ assert }) => {
    for (const number of TEST_CARDS) {
      const code = number.length === 15 ? '1234' : '123'
      const input = cardInput('APRO', { card_number: number, security_code: code })
      const { status } = await tokenize(simulator, input)
      assert.equal(status, 201, number)
    }
  })

  test('are refused with code {0}')
    .with([
      ['205', { card_number: '' }],
      ['E301', { card_number: '5031433215406350' }],
      ['E301', { card_number: '1234' }],
      ['208', { expiration_month: undefined }],
      ['209', { expiration_year: null }],
      ['325', { expiration_month: 13 }],
      ['326', { expiration_year: 2020 }],
      ['224', { security_code: undefined }],
      ['E302', { security_code: '12' }],
      ['221', { cardholder: { name: '' } }],
      ['316', { cardholder: { name: 7 } }],
      ['322', { cardholder: { name: 'APRO', identification: { number: '1' } } }],
      ['324', { cardholder: { name: 'APRO', identification: { type: 'CPF', number: '-' } } }],
      ['E203', { card_id: '1' }],
    ] as [string, Record<string, unknown>][])
    .run(async ({ assert }, [code, change]) => {
      const { status, body } = await tokenize(simulator, cardInput('APRO', change))
      assert.equal(status, 400)
      assert.equal(body.cause[0].code, code)
      assert.equal(body.cause[0].description, body.message)
    })

  test('know when a card is over by the clock of the simulator', async ({ assert }) => {
    const now = new Date()
    const soon = { expiration_month: now.getUTCMonth() + 1, expiration_year: now.getUTCFullYear() }
    const first = await tokenize(simulator, cardInput('APRO', soon))
    assert.equal(first.status, 201)
    await simulator.control('/clock', { advance_days: 32 })
    const late = await tokenize(simulator, cardInput('APRO', soon))
    assert.equal(late.status, 400)
  })

  test('are read by their seller only', async ({ assert }) => {
    const { body } = await tokenize(simulator)
    const path = `/v1/card_tokens/${body.id}`
    const own = await simulator.get(path)
    assert.deepEqual(own.body, body)
    const byKey = await fetch(`${simulator.url}${path}?public_key=${PLATFORM_PUBLIC_KEY}`)
    assert.equal(byKey.status, 200)
    const foreign = await simulator.call('GET', path, undefined, bearer(FOREIGN_ACCESS_TOKEN))
    assert.equal(foreign.status, 404)
    const nobody = await simulator.call('POST', '/v1/card_tokens', cardInput(), {
      authorization: '',
    })
    assert.equal(nobody.status, 401)
  })

  test('take a number with spaces, and every length of a brand', async ({ assert }) => {
    const spaced = cardInput('APRO', { card_number: '5031 4332 1540 6351' })
    for (const input of [
      spaced,
      cardInput('APRO', { card_number: VISA }),
      cardInput('APRO', { card_number: AMEX, security_code: '1234', expiration_year: '30' }),
    ]) {
      const { status } = await tokenize(simulator, input)
      assert.equal(status, 201)
    }
  })
})

import { test } from '@japa/runner'
import {
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_ACCOUNT_ID,
  PLATFORM_CLIENT_ID,
  PLATFORM_PUBLIC_KEY,
} from '#app/simulator/main'
import { shot } from '#tests/support/browser'
import { simulator } from '#tests/support/simulator'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }

const payer = { email: 'ana@example.com', first_name: 'Ana', last_name: 'Lima' }
const address = {
  zip_code: '01310-100',
  street_name: 'Avenida Paulista',
  street_number: '1000',
  neighborhood: 'Bela Vista',
  city: 'São Paulo',
  federal_unit: 'SP',
}
const identification = { type: 'CPF', number: '12345678909' }

async function call(path: string, body: unknown): Promise<any> {
  const response = await fetch(simulator.url + path, {
    method: 'POST',
    headers: {
      'authorization': `Bearer ${PLATFORM_ACCESS_TOKEN}`,
      'x-idempotency-key': crypto.randomUUID(),
      'connection': 'close',
    },
    body: JSON.stringify(body),
  })
  return response.json()
}

async function charge(body: Record<string, unknown>): Promise<any> {
  return call('/v1/payments', { transaction_amount: 150, payer, ...body })
}

async function chargeCard(name: string) {
  const { id: token } = await call(`/v1/card_tokens?public_key=${PLATFORM_PUBLIC_KEY}`, {
    card_number: '5031433215406351',
    expiration_month: 11,
    expiration_year: 2040,
    security_code: '123',
    cardholder: { name, identification },
  })
  return charge({ token, installments: 3, payment_method_id: 'master' })
}

/** Something of everything that the pages show. */
async function live() {
  const boleto = await charge({
    payment_method_id: 'bolbradesco',
    description: 'Mensalidade de novembro, turma da manhã, com material incluído',
    external_reference: 'mensalidade-2026-11-0000000000000000000000000000000000000000000',
    payer: { ...payer, identification, address },
  })
  const pix = await charge({ payment_method_id: 'pix', external_reference: 'pedido-7' })
  const sold = await charge({ payment_method_id: 'pix' })
  const disputed = await chargeCard('APRO')
  await chargeCard('CONT')
  const challenged = await chargeCard('pending_challenge')
  await chargeCard('FUND')
  await simulator.pay(sold.id)
  await simulator.control('POST', '/faults', { kind: 'refund_in_process', times: 1 })
  await call(`/v1/payments/${sold.id}/refunds`, { amount: 20 })
  await simulator.control('POST', `/payments/${disputed.id}/chargebacks`, {})
  await simulator.control('POST', '/faults', { kind: 'rate_limit', route: 'GET /users/me' })
  const path = `/accounts/${PLATFORM_ACCOUNT_ID}/movements`
  await simulator.control('POST', path, { kind: 'deposit', amount: 500 })
  await simulator.control('PATCH', `/applications/${PLATFORM_CLIENT_ID}/payouts`, { allowed: true })
  const payout = await call('/v1/transaction-intents/process', {
    external_reference: 'new',
    point_of_interaction: { type: 'PSP_TRANSFER' },
    transaction: {
      from: { accounts: [{ amount: 100 }] },
      to: {
        accounts: [
          {
            type: 'current',
            amount: 100,
            chave: { type: 'CPF', value: identification.number },
            owner: { identification },
          },
        ],
      },
      total_amount: 100,
    },
  })
  return { boleto, pix, sold, disputed, challenged, payout }
}

/** Where each page is, once there is something to see. */
async function addresses(): Promise<Record<string, string>> {
  const { boleto, pix, sold, disputed, challenged, payout } = await live()
  const local = (url: string) => url.slice(simulator.url.length)
  const [application] = await simulator.control('GET', '/applications')
  const consent = new URLSearchParams({
    client_id: PLATFORM_CLIENT_ID,
    response_type: 'code',
    platform_id: 'mp',
    redirect_uri: application.redirect_uris[0],
  })
  const { digitable_line: line, external_resource_url: ticket } = boleto.transaction_details
  return {
    'start': '/',
    'payments': '/payments',
    'payment-boleto': `/payments/${boleto.id}`,
    'payment-refund-under-way': `/payments/${sold.id}`,
    'payment-disputed': `/payments/${disputed.id}`,
    'payment-challenged': `/payments/${challenged.id}`,
    'ticket-boleto': local(ticket),
    'ticket-pix': local(pix.point_of_interaction.transaction_data.ticket_url),
    'bank': '/bank',
    'bank-found': `/bank?code=${line}`,
    'money': '/money',
    'payouts': '/payouts',
    'payout': `/payouts/${payout.id}`,
    'reports': '/reports',
    'review': '/review',
    'clock': '/clock',
    'faults': '/faults',
    'deliveries': '/deliveries',
    'journal': '/journal',
    'consent': `/authorization?${consent}`,
    'connections': `/accounts/${FOREIGN_ACCOUNT_ID}/connections`,
    'missing': '/payments/1',
  }
}

/** Runs in the browser: what a page does wrong for whoever looks at it, or has it read out. */
const FAULTS = `(() => {
  const faults = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) faults.push(scrollWidth - clientWidth + ' pixels too wide')
  const headings = document.querySelectorAll('h1').length
  if (headings !== 1) faults.push(headings + ' main headings')
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (field.labels.length === 0) faults.push(field.name + ' has no label')
  }
  for (const button of document.querySelectorAll('button')) {
    if (button.offsetHeight < 36) faults.push(button.textContent + ' is too low to be hit')
  }
  return faults
})()`

test.group('The simulator: its pages', () => {
  test('fit a phone and a desk, and name all that can be filled in', async ({ visit, assert }) => {
    const page = await visit(simulator.url)
    const faults: string[] = []
    for (const [name, path] of Object.entries(await addresses())) {
      await page.goto(simulator.url + path)
      for (const size of [PHONE, DESK]) {
        await page.setViewportSize(size)
        const found = await page.evaluate<string[]>(FAULTS)
        faults.push(...found.map((fault) => `${name} at ${size.width} pixels: ${fault}`))
      }
      await shot(page, `simulator-${name}`)
    }
    assert.deepEqual(faults, [])
  }).timeout(300_000)
})

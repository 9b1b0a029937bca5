import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import mercadopago from '#config/mercadopago'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { NewProviderPayment } from '#app/gateway/provider'
import {
  ProviderBusy,
  ProviderCredentialRefused,
  ProviderNotFound,
  ProviderOutcomeUnknown,
  ProviderRefused,
  ProviderUnreadable,
} from '#app/gateway/provider_errors'
import { tokenKeeper } from '#app/gateway/token_keeper'
import { putPlatformToken } from '#app/gateway/tokens/sealed_tokens'
import {
  ARGENTINE_ACCESS_TOKEN,
  FOREIGN_ACCESS_TOKEN,
  FOREIGN_ACCOUNT_ID,
  PLATFORM_ACCESS_TOKEN,
  PLATFORM_ACCOUNT_ID,
} from '#app/simulator/main'
import { givenPlatformAccount } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'

const boleto = (externalReference: string): NewProviderPayment => ({
  amountMinor: 100_00,
  currency: 'BRL',
  method: 'boleto',
  description: 'Perfume',
  externalReference,
  expiresAt: clock.now().plus({ days: 5 }),
  payer: {
    name: 'Maria da Silva',
    email: 'maria@example.com',
    taxIdKind: 'CPF',
    taxId: '12345678909',
    address: {
      postalCode: '01310100',
      street: 'Avenida Paulista',
      streetNumber: '',
      district: 'Bela Vista',
      city: 'São Paulo',
      stateCode: 'SP',
    },
  },
})

const calls = async () => {
  const journal = await simulator.journal()
  return journal.filter(({ kind }) => kind === 'call')
}

/** A server that answers every call in its own way, in Mercado Pago's place. */
async function answering(answer: (response: ServerResponse) => void) {
  const { apiUrl, timeoutMs } = mercadopago
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  Object.assign(mercadopago, { apiUrl: `http://127.0.0.1:${port}`, timeoutMs: 300 })
  return () => {
    Object.assign(mercadopago, { apiUrl, timeoutMs })
    server.closeAllConnections()
    server.close()
  }
}

test.group('Calling Mercado Pago', () => {
  test('a boleto is made, read, found and cancelled', async ({ assert }) => {
    const { ref } = await givenPlatformAccount()
    const client = mercadoPago.on(ref)

    const made = await client.createPayment(boleto('c-1'), newId())
    const read = await client.payment(made.id)
    const { payments } = await client.searchPayments({ externalReference: 'c-1' })
    const cancelled = await client.cancelPayment(made.id, newId())

    assert.equal(made.collectorId, String(PLATFORM_ACCOUNT_ID))
    assert.equal(made.status, 'pending')
    assert.match(made.boleto!.digitableLine!, /^\d{47}$/)
    assert.equal(read.id, made.id)
    assert.lengthOf(payments, 1)
    assert.equal(payments[0].id, made.id)
    assert.equal(cancelled.status, 'cancelled')
  })

  test('a Pix code is made', async ({ assert }) => {
    const { ref } = await givenPlatformAccount()

    const made = await mercadoPago
      .on(ref)
      .createPayment({ ...boleto('c-1'), method: 'pix' }, newId())

    assert.match(made.pix!.qrCode!, /^000201/)
    assert.isNull(made.boleto)
  })

  test('payments are found by when they changed', async ({ assert }) => {
    const { ref } = await givenPlatformAccount()
    const client = mercadoPago.on(ref)
    await client.createPayment(boleto('c-1'), newId())

    const now = clock.now()
    const between = (from: number, to: number) =>
      client.changedPayments({
        updatedFrom: now.minus({ hours: from }),
        updatedTo: now.minus({ hours: to }),
        limit: 10,
        offset: 0,
      })

    assert.lengthOf(await between(1, 0), 1)
    assert.lengthOf(await between(2, 1), 0)
  })

  test('no call carries the token or the key of another', async ({ assert }) => {
    const ours = await givenPlatformAccount(PLATFORM_ACCESS_TOKEN)
    const theirs = await givenPlatformAccount(FOREIGN_ACCESS_TOKEN)
    const wanted = Array.from({ length: 40 }, (_, at) => {
      const account = at % 2 === 0 ? ours : theirs
      return { account, key: newId(), reference: `c-${account.collectorId}-${at}` }
    })

    await Promise.all(
      wanted.map(async ({ account, key, reference }) => {
        const client = mercadoPago.on(account.ref)
        const { id } = await client.createPayment(boleto(reference), key)
        await client.payment(id)
        await client.searchPayments({ externalReference: reference })
      })
    )

    const made = await calls()
    const created = made.filter(({ route }) => route === 'POST /v1/payments')
    assert.sameMembers(
      created.map((call) => `${call.account_id} ${call.idempotency_key}`),
      wanted.map(({ account, key }) => `${account.collectorId} ${key}`)
    )
    const reads = made.filter(({ route }) => String(route).startsWith('GET /v1/payments'))
    assert.lengthOf(reads, 80)
    assert.isTrue(reads.every(({ status, idempotency_key: key }) => status === 200 && !key))
    for (const id of [PLATFORM_ACCOUNT_ID, FOREIGN_ACCOUNT_ID]) {
      assert.lengthOf(
        reads.filter((call) => call.account_id === id),
        40
      )
    }
  })

  test('what is missing, refused or not allowed has its own error', async ({ assert }) => {
    const { ref } = await givenPlatformAccount()
    const client = mercadoPago.on(ref)

    await assert.rejects(() => client.payment('1'), ProviderNotFound)
    const refusal = await client
      .createPayment({ ...boleto('c-1'), amountMinor: 1 }, newId())
      .catch((error) => error)
    assert.instanceOf(refusal, ProviderRefused)
    assert.equal(refusal.code, '4037')
    await simulator.fault({ kind: 'unauthorized', times: 1 })
    await assert.rejects(() => client.payment('1'), ProviderCredentialRefused)
  })

  test('a read that fails says: later', async ({ assert }) => {
    const { ref } = await givenPlatformAccount()
    const client = mercadoPago.on(ref)
    const { id } = await client.createPayment(boleto('c-1'), newId())

    for (const kind of ['server_error', 'rate_limit']) {
      await simulator.fault({ kind, times: 1, retry_after_seconds: 3 })
      await assert.rejects(() => client.payment(id), ProviderBusy)
    }
    for (const kind of ['cut_body', 'malformed_body', 'huge_body']) {
      await simulator.fault({ kind, times: 1 })
      await assert.rejects(() => client.payment(id), ProviderUnreadable)
      await simulator.fault({ kind, times: 1 })
      await assert.rejects(
        () => client.searchPayments({ externalReference: 'c-1' }),
        ProviderUnreadable
      )
    }
  })

  test('an answer that stalls after its headers ends in time', async ({ assert, cleanup }) => {
    const { ref } = await givenPlatformAccount()
    cleanup(await answering((response) => void response.writeHead(201).write('{"id":')))

    const startedAt = performance.now()
    await assert.rejects(
      () => mercadoPago.on(ref).createPayment(boleto('c-1'), newId()),
      ProviderOutcomeUnknown
    )
    assert.isBelow(performance.now() - startedAt, 2_000)
  })

  test('an answer about another payment is not believed', async ({ assert, cleanup }) => {
    const { ref } = await givenPlatformAccount()
    const other = await mercadoPago.on(ref).createPayment(boleto('c-other'), newId())
    const body = JSON.stringify(await simulator.payment(other.id))
    cleanup(await answering((response) => void response.writeHead(201).end(body)))

    await assert.rejects(
      () => mercadoPago.on(ref).createPayment(boleto('c-1'), newId()),
      ProviderOutcomeUnknown
    )
    await assert.rejects(() => mercadoPago.on(ref).payment('1'), ProviderUnreadable)
  })

  test('a payment that nobody can read hides no other that changed', async ({
    assert,
    cleanup,
  }) => {
    const { ref } = await givenPlatformAccount()
    const client = mercadoPago.on(ref)
    const { id } = await client.createPayment(boleto('c-1'), newId())
    const payment = await simulator.payment(id)
    const results = [{ ...payment, id: 5, currency_id: 'USD' }, payment]
    const body = JSON.stringify({ paging: { total: 2 }, results })
    cleanup(await answering((response) => void response.writeHead(200).end(body)))

    const now = clock.now()
    const search = { updatedFrom: now.minus({ days: 1 }), updatedTo: now, limit: 10, offset: 0 }
    const found = await client.changedPayments(search)

    assert.deepEqual(
      found.map((one) => one.id),
      ['5', id]
    )
    // What was asked for by name is read whole or not at all: a lost one would be made again.
    const byName = { externalReference: 'c-1' }
    await assert.rejects(() => client.searchPayments(byName), ProviderUnreadable)
  })

  test('any body of an error is understood', async ({ assert, cleanup }) => {
    const { ref } = await givenPlatformAccount()
    const waiting = ['', '<html>', 'null', '[]', '{"cause":{"code":1}}', '{"error":{"a":1}}']
    cleanup(await answering((response) => void response.writeHead(400).end(waiting.shift())))

    while (waiting.length > 0) {
      await assert.rejects(
        () => mercadoPago.on(ref).createPayment(boleto('c-1'), newId()),
        ProviderRefused
      )
    }
  })

  test('says whose token it is', async ({ assert }) => {
    const user = await mercadoPago.whoIs(ARGENTINE_ACCESS_TOKEN)

    assert.match(user.maskedEmail!, /^.…@\S+$/)
    assert.deepEqual(user, {
      collectorId: '241983636',
      siteId: 'MLA',
      nickname: 'VENDEDORAR',
      maskedEmail: user.maskedEmail,
      isTest: true,
    })
    await assert.rejects(() => mercadoPago.whoIs('APP_USR-nobody'), ProviderCredentialRefused)
  })
})

test.group('Keeping tokens', () => {
  test('one that another process replaced is used after a refusal', async ({ assert }) => {
    const account = await givenPlatformAccount()
    assert.equal(await tokenKeeper.accessToken(account.ref), PLATFORM_ACCESS_TOKEN)
    putPlatformToken(account, FOREIGN_ACCESS_TOKEN)
    await account.save()
    assert.equal(account.tokenVersion, 2)

    assert.equal(
      await tokenKeeper.replacementFor(account.ref, PLATFORM_ACCESS_TOKEN),
      FOREIGN_ACCESS_TOKEN
    )
  })

  test('a ciphertext that was moved to another row does not open', async ({ assert }) => {
    const ours = await givenPlatformAccount(PLATFORM_ACCESS_TOKEN)
    const theirs = await givenPlatformAccount(FOREIGN_ACCESS_TOKEN)
    await theirs.merge({ accessTokenCiphertext: ours.accessTokenCiphertext }).save()
    tokenKeeper.forget(theirs.ref)

    await assert.rejects(() => tokenKeeper.accessToken(theirs.ref), /Cannot decrypt/)
  })

  test('an account without a token is a typed error', async ({ assert }) => {
    const account = await givenPlatformAccount()
    await account.merge({ accessTokenCiphertext: null }).save()
    tokenKeeper.forget(account.ref)

    const error = await tokenKeeper.accessToken(account.ref).catch((thrown) => thrown)
    assert.equal(error.key, 'gateway.no_credential')
    assert.notInclude(JSON.stringify(account.serialize()), 'ciphertext')
  })
})

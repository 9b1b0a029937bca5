import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import { ApplyResults } from '#app/payouts/actions/apply_results'
import { UploadResults } from '#app/payouts/actions/upload_results'
import PayoutResultFile from '#app/payouts/models/payout_result_file'
import { resultPlan } from '#app/payouts/queries/result_plan'
import { givenPlatformAdmin } from '#tests/support/given'
import { balanceOf, command, givenPayableTenant, givenPayout } from '#tests/support/payouts'

const upload = async (text: string | Buffer, { id: userId }: User) =>
  new UploadResults().handle({ bytes: Buffer.from(text), userId, actor: command })

const apply = (file: PayoutResultFile) => new ApplyResults().handle({ file, actor: command })

const HEADING = 'reference;result;date;code\r\n'

const verdicts = async ({ content }: PayoutResultFile) => {
  const plan = await resultPlan(content)
  return plan.map(({ line, verdict }) => `${line} ${verdict}`)
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error) => `${error.constructor.name} ${error.params.reason} ${error.field}`
  )

const uploadOnPage = (client: ApiClient, admin: User, text: string) =>
  client
    .post('/admin/payouts/results')
    .loginAs(admin)
    .withCsrfToken()
    .redirects(0)
    .field('_key', newPublicToken())
    .file('file', Buffer.from(text), { filename: 'return.csv', contentType: 'text/csv' })

test.group('The bank’s file', () => {
  test('pays, fails, and tells what it does not understand', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const [paid, failed, cancelled] = [
      await givenPayout(tenant, owner, 4_000, 'processing'),
      await givenPayout(tenant, owner, 5_000, 'processing'),
      await givenPayout(tenant, owner, 6_000),
    ]
    const file = await upload(
      HEADING +
        `${paid.reference};paid;2026-11-20;E100\r\n` +
        `${failed.reference.toLowerCase()};falhou;20/11/2026;AC03 conta encerrada\r\n` +
        `${cancelled.reference};paid;;E101\r\n` +
        `${'0'.repeat(32)};paid;;E102\r\n` +
        `${paid.reference};paid;2026-11-20;E103\r\n` +
        `=cmd|x;paid;;E104\r\n`,
      await givenPlatformAdmin()
    )
    assert.deepEqual(await verdicts(file), [
      ...['2 pay', '3 fail', '4 conflict', '5 unmatched', '6 repeated', '7 unmatched'],
    ])
    await paid.refresh()
    assert.equal(paid.state, 'processing')

    assert.deepEqual(await apply(file), { paid: 1, failed: 1, refused: 0 })
    await paid.refresh()
    assert.deepInclude(paid.$attributes, {
      ...{ state: 'paid', bankReference: 'E100', bankDate: '2026-11-20' },
    })
    await failed.refresh()
    assert.deepInclude(failed.$attributes, { state: 'failed', reason: 'AC03 conta encerrada' })
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 90_000, reserved: 6_000 })
  })

  test('applied again changes nothing, also from two browsers at once', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const payouts = []
    for (let at = 0; at < 5; at++) {
      payouts.push(await givenPayout(tenant, owner, 1_000, 'processing'))
    }
    const lines = payouts.map(({ reference }, at) => `${reference};paid;;E20${at}\n`)
    const text = HEADING + lines.join('')
    const admin = await givenPlatformAdmin()
    const file = await upload(text, admin)
    const same = await upload(text, admin)
    assert.equal(same.id, file.id)
    const reports = await Promise.all([apply(file), apply(same)])
    assert.equal(reports[0].paid + reports[1].paid, 5)
    assert.deepEqual(await apply(file), { paid: 0, failed: 0, refused: 0 })
    assert.deepEqual(
      await verdicts(file),
      payouts.map((_, at) => `${at + 2} done`)
    )
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 95_000, reserved: 0 })
    assert.lengthOf(await db.from('ledger_transactions').where('kind', 'payout_paid'), 5)
  })

  test('never pays a payout by a second transfer, nor two by one', async ({ assert }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const first = await givenPayout(tenant, owner, 1_000, 'processing')
    const second = await givenPayout(tenant, owner, 1_000, 'processing')
    const admin = await givenPlatformAdmin()
    const file = await upload(
      `${HEADING}${first.reference};paid;;E300\n${second.reference};paid;;E300\n`,
      admin
    )
    assert.deepEqual(await apply(file), { paid: 1, failed: 0, refused: 1 })
    const again = await upload(`${HEADING}${first.reference};paid;;E301\n`, admin)
    assert.deepEqual(await verdicts(again), ['2 conflict'])
    const reversed = await upload(`${HEADING}${first.reference};failed;;AC03\n`, admin)
    assert.deepEqual(await verdicts(reversed), ['2 conflict'])
    assert.deepEqual(await balanceOf(tenant), { pending: 0, available: 98_000, reserved: 1_000 })
  })

  test('is refused when it is none', async ({ assert }) => {
    const admin = await givenPlatformAdmin()
    const big = `${HEADING}${`${'a'.repeat(32)};paid;;E1\n`.repeat(2_001)}`
    const refusals: [string | Buffer, string][] = [
      ['a;b;c\n1;2;3\n', 'columns'],
      ['', 'columns'],
      [Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00]), 'not_text'],
      [`${HEADING}"open;paid;;E1\n`, 'not_text'],
      [big, 'too_large'],
      ['x'.repeat(600_000), 'too_large'],
    ]
    for (const [text, reason] of refusals) {
      assert.equal(await refusal(upload(text, admin)), `ResultFileRefused ${reason} file`)
    }
    assert.lengthOf(await PayoutResultFile.all(), 0)
  })

  test('of commas, of another alphabet and with wrong values is read line by line', async ({
    assert,
  }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const { reference } = await givenPayout(tenant, owner, 1_000, 'processing')
    const admin = await givenPlatformAdmin()
    for (const [values, verdict] of [
      ['perhaps,,E400', 'unreadable'],
      ['paid,31/02/2026,E400', 'unreadable'],
      ['paid,2026-11-20,', 'unreadable'],
      ['paid,2026-11-20,"=1+1"', 'unreadable'],
      ['Pago,,E401', 'pay'],
    ]) {
      const latin = Buffer.from(
        `Referência,Resultado,Data,Código\n${reference},${values}\n`,
        'latin1'
      )
      assert.deepEqual(await verdicts(await upload(latin, admin)), [`2 ${verdict}`])
    }
  })

  test('is uploaded, looked at and carried out on its pages', async ({ assert, client }) => {
    const { tenant, owner } = await givenPayableTenant(100_000)
    const payout = await givenPayout(tenant, owner, 1_000, 'processing')
    const admin = await givenPlatformAdmin()
    const text = `${HEADING}${payout.reference};paid;;E500\n<script>alert(1)</script>;paid;;E501\n`
    const uploaded = await uploadOnPage(client, admin, text)
    uploaded.assertStatus(303)
    const path = uploaded.header('location')!
    const page = await client.get(path).loginAs(admin)
    page.assertTextIncludes('Nada foi alterado ainda')
    assert.notInclude(page.text(), '<script>alert(1)')
    await payout.refresh()
    assert.equal(payout.state, 'processing')
    const applied = await client
      .post(`${path}/application`)
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ _key: newPublicToken() })
    applied.assertStatus(303)
    await payout.refresh()
    assert.equal(payout.state, 'paid')
    const foreign = await client.get(path).loginAs(owner).redirects(0)
    foreign.assertStatus(404)
  })
})

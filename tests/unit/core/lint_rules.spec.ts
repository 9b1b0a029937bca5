import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ESLint } from 'eslint'

const eslint = new ESLint({ cwd: app.makePath() })

/** What the house's own rules say of a file with this text. */
async function complaints(filePath: string, lines: string[]) {
  const code = `${lines.join('\n')}\n`
  const [result] = await eslint.lintText(code, { filePath: app.makePath(filePath) })
  const ofTheHouse = /^(house\/|no-restricted-)/
  return result.messages.filter(({ ruleId, fatal }) => fatal || ofTheHouse.test(ruleId ?? ''))
}

const NOWHERE = 'app/payments/actions/planted.ts'
const CHARGE = `import Charge from '#app/receivables/models/charge'`

test.group('Lint: who may know whom', () => {
  test('{file} may not say {code}')
    .with([
      { file: 'app/ledger/models/x.ts', code: `import '#app/payments/models/payment'` },
      { file: 'app/ledger/x.ts', code: `export * from '#app/payments/models/payment'` },
      { file: 'app/payments/x.ts', code: `import type { A } from '#app/ledger/posting'` },
      { file: 'app/payments/x.ts', code: `await import('#app/payouts/actions/run')` },
      { file: 'app/payments/x.ts', code: 'await import(`#app/payouts/actions/run`)' },
      { file: 'app/payments/actions/x.ts', code: `import '../../ledger/ledger.js'` },
      { file: 'app/payments/actions/x.ts', code: `await import('../../ledger/ledger.js')` },
      { file: 'app/payments/x.ts', code: `import '../../config/app.js'` },
      { file: 'app/payments/x.ts', code: `import '#app/admin/queries/overview'` },
      { file: 'app/core/x.ts', code: `import '#app/tenants/models/tenant'` },
      { file: 'app/receivables/x.ts', code: `import '#app/gateway/adapter/json'` },
      { file: 'app/receivables/x.ts', code: `import { Payment } from 'mercadopago'` },
      { file: 'app/receivables/x.ts', code: `import '#tests/support/given'` },
      { file: 'app/receivables/controllers/x.ts', code: `import '#app/payouts/actions/run'` },
      {
        file: 'app/receivables/actions/x.ts',
        code: `import { ChargeSchema } from '#database/schema'`,
      },
      {
        file: 'app/receivables/actions/x.ts',
        code: `import { HttpContext } from '@adonisjs/core/http'`,
      },
      { file: 'app/simulator/x.ts', code: `import '#app/core/money'` },
      { file: 'app/simulator/x.ts', code: `import '#start/env'` },
      { file: 'app/simulator/x.ts', code: `import '../core/money.js'` },
      { file: 'start/x.ts', code: `import { Payment } from 'mercadopago'` },
      { file: 'start/x.ts', code: `import '#app/simulator/main'` },
      { file: 'commands/payouts_run.ts', code: `import '#app/simulator/main'` },
    ])
    .run(async ({ assert }, { file, code }) => {
      assert.isNotEmpty(await complaints(file, [code]))
    })

  test('{file} may say {code}')
    .with([
      {
        file: 'app/receivables/models/x.ts',
        code: `import { ChargeSchema } from '#database/schema'`,
      },
      { file: 'app/payments/actions/x.ts', code: `import { ledger } from '#app/ledger/ledger'` },
      { file: 'app/payments/actions/x.ts', code: `import '#app/gateway/provider_errors'` },
      { file: 'app/receivables/controllers/x.ts', code: `import '#app/payouts/queries/list'` },
      { file: 'app/receivables/controllers/x.ts', code: `import '@adonisjs/core/http'` },
      { file: 'app/gateway/x.ts', code: `import { Payment } from 'mercadopago'` },
      { file: 'app/simulator/control/x.ts', code: `import '../payments/payment.js'` },
      { file: 'app/admin/queries/x.ts', code: `import '#app/payouts/models/payout'` },
      { file: 'start/x.ts', code: `import '#app/payments/actions/settle_payment'` },
      { file: 'commands/simulator.ts', code: `import '#app/simulator/main'` },
    ])
    .run(async ({ assert }, { file, code }) => {
      assert.isEmpty(await complaints(file, [code]))
    })
})

test.group("Lint: a tenant's rows are read through the tenant", () => {
  test('refuses {0}')
    .with([
      ['Charge.find(id)'],
      ['Charge.all()'],
      ['Charge.findBy({ barcode })'],
      [`Charge.findBy('barcode', barcode)`],
      [`Charge.query().where('id', id).first()`],
      [`Charge.query({ client: trx }).whereIn('id', ids)`],
      [`Charge.query().where((query) => query.where('tenant_id', id))`],
      [`trx.from('charges').where('id', id)`],
      [`db.query().from('charges as c').where('c.id', id)`],
      ['db.rawQuery(`select * from charges where id = ?`, [id])'],
    ])
    .run(async ({ assert }, [code]) => {
      assert.lengthOf(await complaints(NOWHERE, [CHARGE, `await ${code}`]), 1)
    })

  test('accepts {0}')
    .with([
      [`Charge.query().where('tenant_id', tenant.id).where('id', id)`],
      [`Charge.query().where('id', id).where('charges.tenantId', tenant.id).first()`],
      ['Charge.query().where({ tenant_id: tenant.id, id })'],
      ['Charge.findByOrFail({ tenantId: tenant.id, id })'],
      [`tenant.related('charges').query().where('id', id)`],
      ['Charge.create({ tenantId: tenant.id })'],
      [`trx.from('charges').where('tenant_id', tenant.id).sum('amount_minor')`],
      [`trx.from('users').where('id', id)`],
      ['db.rawQuery(`select * from charges where tenant_id = ?`, [tenant.id])'],
    ])
    .run(async ({ assert }, [code]) => {
      assert.isEmpty(await complaints(NOWHERE, [CHARGE, `await ${code}`]))
    })

  test('accepts a condition that is a constant', async ({ assert }) => {
    const lines = ['const of = { tenant_id: tenant.id }', 'await Charge.query().where(of)']
    assert.isEmpty(await complaints(NOWHERE, [CHARGE, ...lines]))
  })

  test('sees a query inside of the model itself', async ({ assert }) => {
    const model = [
      `import { ChargeSchema } from '#database/schema'`,
      'export default class Charge extends ChargeSchema {',
      '  static due() {',
      `    return this.query().where('state', 'creating')`,
      '  }',
      '}',
    ]
    assert.lengthOf(await complaints('app/receivables/models/charge.ts', model), 1)
  })

  test('lets a query say why it spans tenants, and no other beside it', async ({ assert }) => {
    const excused = ['// tenant: the worker resumes the charges of all', 'await Charge.all()']
    assert.isEmpty(await complaints(NOWHERE, [CHARGE, ...excused]))
    assert.lengthOf(await complaints(NOWHERE, [CHARGE, ...excused, 'await Charge.all()']), 1)
    assert.lengthOf(await complaints(NOWHERE, [CHARGE, '// tenant:', 'await Charge.all()']), 1)
  })
})

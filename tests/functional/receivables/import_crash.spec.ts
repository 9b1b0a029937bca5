import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { CheckImport } from '#app/receivables/actions/check_import'
import { ApplyImport } from '#app/receivables/actions/apply_import'
import ImportRun from '#app/receivables/models/import_run'
import { givenMember, givenTenant } from '#tests/support/given'
import {
  checked,
  confirmed,
  customersFile,
  postTo,
  receivablesFile,
  sendFile,
  type Importer,
} from '#tests/support/imports'
import { endBackOff, expireLeases } from '#tests/support/outbox'
import { isLong } from '#tests/support/property'
import { drainWork } from '#tests/support/work'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Drains in another process, which dies before its so-manieth statement; 0 never.
 * @returns how many it made; null of one that died
 */
async function drainElsewhere(dieAt = 0): Promise<number | null> {
  const args = ['--import=@poppinss/ts-exec', 'tests/support/drain_process.ts', String(dieAt)]
  const child = spawn(process.execPath, args, { cwd: ROOT })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
  if (signal === 'SIGKILL') return null
  if (child.exitCode !== 0) throw new Error(errors)
  return Number(output)
}

/** Before which of so many statements to die: all of them, or three in even distances. */
function deathsAmong(statements: number): number[] {
  const deaths = isLong ? statements : 3
  return Array.from({ length: deaths }, (_, at) =>
    isLong ? at + 1 : Math.ceil((statements * (at + 1)) / (deaths + 1))
  )
}

const letTheDeadGo = async () => {
  await expireLeases()
  await endBackOff()
}

async function givenImporter(client: ApiClient): Promise<Importer> {
  const tenant = await givenTenant()
  const { user } = await givenMember(tenant, 'owner')
  return { client, tenant, user }
}

/** Three batches, so that there is something between them. */
const LINES = 600
/** Each death is a process that has to boot. */
const PATIENCE_MS = isLong ? 3_600_000 : 600_000

async function counts(tenantId: string) {
  const count = async (table: string, column: string) => {
    const rows = await db.from(table).where('tenant_id', tenantId).count(column, 'total')
    return Number(rows[0].total)
  }
  return {
    customers: await count('customers', 'id'),
    receivables: await count('receivables', 'id'),
    rows: await count('import_rows', 'line'),
    problems: await count('import_problems', 'line'),
  }
}

const fileOf = (kind: 'customers' | 'receivables', { tenant }: Importer) =>
  kind === 'customers' ? customersFile(LINES) : receivablesFile(LINES, clock.today(tenant.timeZone))

test.group('An import whose worker is killed', () => {
  test('reads every line once in the end, wherever it died', async ({ assert, client }) => {
    const file = `${customersFile(LINES)}\nBad Line;1;x\nBad Line;2;x`
    const first = await givenImporter(client)
    await sendFile(first, file)
    const statements = await drainElsewhere()
    for (const death of deathsAmong(statements!)) {
      const importer = await givenImporter(client)
      await sendFile(importer, file)
      assert.isNull(await drainElsewhere(death), `alive after statement ${death}`)
      await letTheDeadGo()
      await drainWork()
      const run = await ImportRun.query().where('tenant_id', importer.tenant.id).firstOrFail()
      assert.include(run.$attributes, { state: 'checked', linesTotal: LINES + 2, linesBad: 2 })
      const { rows, problems } = await counts(importer.tenant.id)
      assert.deepEqual({ rows, problems }, { rows: LINES, problems: 2 })
    }
  }).timeout(PATIENCE_MS)

  test('applies every line of a file of {kind} once in the end, wherever it died')
    .with([
      { kind: 'customers' as const, made: { customers: LINES, receivables: 0 } },
      { kind: 'receivables' as const, made: { customers: LINES / 10, receivables: LINES } },
    ])
    .run(async ({ assert, client }, { kind, made }) => {
      const apply = async (importer: Importer, dieAt: number) => {
        const run = await checked({ ...importer, kind }, fileOf(kind, importer))
        const path = `/t/${importer.tenant.slug}/imports/${run.id}/confirmation`
        await postTo(importer, path, { existing: 'update' })
        return { run, statements: await drainElsewhere(dieAt) }
      }
      const { statements } = await apply(await givenImporter(client), 0)
      for (const death of deathsAmong(statements!)) {
        const importer = await givenImporter(client)
        const killed = await apply(importer, death)
        assert.isNull(killed.statements, `alive after statement ${death}`)
        const { run } = killed
        await letTheDeadGo()
        await drainWork()
        await run.refresh()
        const all = { state: 'done', createdCount: LINES, updatedCount: 0, skippedCount: 0 }
        assert.include(run.$attributes, all)
        const left = { ...made, rows: 0, problems: 0 }
        assert.deepEqual(await counts(importer.tenant.id), left)
      }
    })
    .timeout(PATIENCE_MS)

  test('is read and applied once by two workers who both believe that it is theirs', async ({
    assert,
    client,
  }) => {
    const importer = await givenImporter(client)
    await sendFile(importer, customersFile(LINES))
    const run = await ImportRun.query().where('tenant_id', importer.tenant.id).firstOrFail()
    const [payload, effect] = [{ runId: run.id }, { id: 'x', tenantId: importer.tenant.id }]

    await Promise.all([1, 2, 3].map(() => new CheckImport().handle(payload, effect)))
    await run.refresh()
    assert.include(run.$attributes, { state: 'checked', linesTotal: LINES })
    const path = `/t/${importer.tenant.slug}/imports/${run.id}/confirmation`
    await postTo(importer, path, { existing: 'update' })
    await Promise.all([1, 2, 3].map(() => new ApplyImport().handle(payload, effect)))

    await run.refresh()
    assert.include(run.$attributes, { state: 'done', createdCount: LINES, updatedCount: 0 })
    const { customers } = await counts(importer.tenant.id)
    assert.equal(customers, LINES)
  }).timeout(PATIENCE_MS)

  test('repeated whole, changes nothing', async ({ assert, client }) => {
    const importer = await givenImporter(client)
    const file = customersFile(50)
    await confirmed(importer, await checked(importer, file))
    const before = await db.from('customers').where('tenant_id', importer.tenant.id).orderBy('id')

    const again = await confirmed(importer, await checked(importer, file))

    assert.include(again.$attributes, { createdCount: 0, updatedCount: 50 })
    const after = await db.from('customers').where('tenant_id', importer.tenant.id).orderBy('id')
    assert.deepEqual(after, before)
  })
})

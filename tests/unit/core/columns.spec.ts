import { test } from '@japa/runner'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { decimal2, flag, instant, instantText, integer64, jsonColumn } from '#app/core/columns'

class Probe extends BaseModel {
  static table = 'value_probes'

  @column({ isPrimary: true })
  declare id: number

  @integer64()
  declare amountMinor: number | null

  @flag()
  declare isOpen: boolean | null

  @jsonColumn()
  declare details: any

  @instant()
  declare seenAt: DateTime | null

  @decimal2()
  declare percent: string | null

  @column()
  declare dueOn: string | null
}

/** Writes a row and reads it back from the database. */
async function roundTrip(values: Partial<Record<keyof Probe, any>>): Promise<Probe> {
  const { id } = await Probe.create({ id: 1, ...values })
  return Probe.findOrFail(id)
}

test.group('The same value on both engines', (group) => {
  group.setup(async () => {
    await db.connection().schema.createTable('value_probes', (table) => {
      table.integer('id').primary()
      table.bigInteger('amount_minor')
      table.boolean('is_open')
      table.json('details')
      table.timestamp('seen_at', { useTz: true })
      table.decimal('percent', 5, 2)
      table.date('due_on')
    })
    return () => db.connection().schema.dropTable('value_probes')
  })
  group.each.setup(async () => {
    await db.from('value_probes').delete()
  })

  test('an integer of 64 bits is a number: {$self}')
    .with([0, -1, 1_000_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
    .run(async ({ assert }, amountMinor) => {
      const probe = await roundTrip({ amountMinor })
      assert.strictEqual(probe.amountMinor, amountMinor)
    })

  test('one that a number cannot hold is refused, written and read', async ({ assert }) => {
    await assert.rejects(() => roundTrip({ amountMinor: 2 ** 53 }), /minor units/)
    await assert.rejects(() => roundTrip({ amountMinor: 0.5 }), /minor units/)
    await db.rawQuery('insert into value_probes (id, amount_minor) values (1, 9007199254740993)')
    await assert.rejects(() => Probe.findOrFail(1), /minor units/)
  })

  test('a flag is true or false', async ({ assert }) => {
    for (const isOpen of [true, false]) {
      const probe = await roundTrip({ isOpen })
      assert.strictEqual(probe.isOpen, isOpen)
      await db.from('value_probes').delete()
    }
  })

  test('an object or a list is what it was: {$self}')
    .with([{ a: [1, 'ü', { b: null }] }, [], [{ text: '"', list: ['null'] }], {}])
    .run(async ({ assert }, details) => {
      const probe = await roundTrip({ details })
      assert.deepEqual(probe.details, details)
    })

  test('an instant keeps its milliseconds and is UTC', async ({ assert }) => {
    const seenAt = DateTime.fromISO('2026-11-21T01:02:03.456-03:00', { setZone: true })
    const probe = await roundTrip({ seenAt })

    assert.equal(probe.seenAt!.toISO(), '2026-11-21T04:02:03.456Z')
    const found = await Probe.query().where('seen_at', '>=', instantText(seenAt)).first()
    assert.isNotNull(found)
    const later = instantText(seenAt.plus({ milliseconds: 1 }))
    assert.isNull(await Probe.query().where('seen_at', '>=', later).first())
  })

  test('an instant that is none is refused', async ({ assert }) => {
    await assert.rejects(() => roundTrip({ seenAt: DateTime.invalid('no time') }))
  })

  test('a percentage is text with two places: {0}')
    .with([
      ['1.00', '1.00'],
      ['0.1', '0.10'],
      ['12.34', '12.34'],
      ['100', '100.00'],
    ])
    .run(async ({ assert }, [written, read]) => {
      const probe = await roundTrip({ percent: written })
      assert.strictEqual(probe.percent, read)
    })

  test('a calendar day is text and stays the same day', async ({ assert }) => {
    const probe = await roundTrip({ dueOn: '2026-11-21' })
    assert.strictEqual(probe.dueOn, '2026-11-21')
  })

  test('nothing stays nothing', async ({ assert }) => {
    const names = ['amountMinor', 'isOpen', 'details', 'seenAt', 'percent', 'dueOn'] as const
    const read = await roundTrip(Object.fromEntries(names.map((name) => [name, null])))
    for (const name of names) assert.isNull(read[name], name)
  })
})

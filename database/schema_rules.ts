import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const columns = (name: string) => [{ source: '#app/core/columns', namedImports: [name] }]
const luxon = { source: 'luxon', namedImports: ['DateTime'] }

const instant = (args?: Record<string, boolean>) => ({
  tsType: 'DateTime',
  imports: [...columns('instant'), luxon],
  decorators: [{ name: '@instant', args }],
})

const percent = {
  tsType: 'string',
  imports: columns('decimal2'),
  decorators: [{ name: '@decimal2' }],
}

/** One TypeScript value per kind of column, whichever engine the schema was read from. */
export default {
  types: {
    bigint: {
      tsType: 'number',
      imports: columns('integer64'),
      decorators: [{ name: '@integer64' }],
    },
    boolean: { tsType: 'boolean', imports: columns('flag'), decorators: [{ name: '@flag' }] },
    json: { tsType: 'any', imports: columns('jsonColumn'), decorators: [{ name: '@jsonColumn' }] },
    date: { tsType: 'string', imports: [], decorators: [{ name: '@column' }] },
    DateTime: instant(),
  },
  columns: {
    // By name: SQLite calls every decimal a float.
    percent,
    fee_percent: percent,
    platform_fee_percent: percent,
    holdback_percent: percent,
    fine_percent: percent,
    interest_percent: percent,
    discount_percent: percent,
    created_at: instant({ autoCreate: true }),
    updated_at: instant({ autoCreate: true, autoUpdate: true }),
  },
} satisfies SchemaRules

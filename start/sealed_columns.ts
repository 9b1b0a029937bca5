import type { SealedColumn } from '#app/core/sealed_columns'

const ofTenant = (table: string, name: string, key = ['id']): SealedColumn => ({
  ...{ table, name, key },
  tenant: 'tenant_id',
})

const ofPlatform = (table: string, name: string): SealedColumn => ({
  ...{ table, name },
  key: ['id'],
  tenant: null,
})

/** Everything that is sealed in the database: what `credentials:rotate` goes through. */
const sealedColumns: SealedColumn[] = [
  ofPlatform('gateway_configs', 'webhook_secrets'),
  ofPlatform('platform_accounts', 'access_token'),
  ofTenant('tenant_gateway_configs', 'access_token'),
  ofTenant('tenant_gateway_configs', 'refresh_token'),
  ofTenant('connection_attempts', 'verifier'),
  ofTenant('connection_attempts', 'grant'),
  { table: 'tenants', name: 'tax_id', key: ['id'], tenant: 'id' },
  ofTenant('customers', 'tax_id'),
  ofTenant('payout_destinations', 'details'),
  ofTenant('payout_proofs', 'content'),
  ofPlatform('payout_batches', 'content'),
  ofTenant('import_chunks', 'content', ['import_run_id', 'position']),
  ofTenant('import_rows', 'content', ['import_run_id', 'line']),
]

export default sealedColumns

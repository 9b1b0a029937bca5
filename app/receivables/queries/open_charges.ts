import db from '@adonisjs/lucid/services/db'
import { activeStates } from '#app/receivables/charge_states'
import Charge from '#app/receivables/models/charge'

/** What is only planned is issued on the account of its own day. */
const openStates = activeStates.filter((state) => state !== 'scheduled')

interface OnConnection {
  tenantId: string
  connectionId: string
}

const open = ({ tenantId, connectionId }: OnConnection) =>
  Charge.query()
    .where({ tenant_id: tenantId, connection_id: connectionId })
    .whereIn('state', openStates)

/** How many charges that were issued on a connection can still be paid. */
export async function countOpenCharges({ tenantId, connectionId }: OnConnection): Promise<number> {
  const [{ charges }] = await db
    .from('charges')
    .where({ tenant_id: tenantId, connection_id: connectionId })
    .whereIn('state', openStates)
    .count('* as charges')
  return Number(charges)
}

/** The charges themselves with their receivables, the newest first. */
export const openChargesOn = (on: OnConnection, limit = 20): Promise<Charge[]> =>
  open(on)
    .preload('receivable', (receivable) =>
      receivable.where('tenant_id', on.tenantId).preload('customer')
    )
    .orderBy('id', 'desc')
    .limit(limit)

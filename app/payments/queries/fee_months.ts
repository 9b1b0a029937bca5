import { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { endOfDay, monthPeriod, startOfDay } from '#app/core/periods'
import FeeDocument from '#app/payments/models/fee_document'
import {
  feeLines,
  feeTotals,
  type FeeLine,
  type FeeTotals,
} from '#app/payments/queries/fee_statement'
import Tenant from '#app/tenants/models/tenant'

/** A month's fee of one tenant, its days counted where it lives. */
export interface FeeMonth {
  month: string
  isOver: boolean
  lines: FeeLine[]
  totals: FeeTotals
  documentNumber: string | null
}

type Whose = Pick<Tenant, 'id' | 'timeZone' | 'currency'>

/** @param month "2026-11" */
export async function feeMonth(tenant: Whose, month: string): Promise<FeeMonth> {
  const lines = await linesOf([tenant.id], month, tenant.timeZone)
  const document = await FeeDocument.query()
    .where({ tenant_id: tenant.id, month, currency: tenant.currency })
    .first()
  return {
    ...{ month, lines, totals: feeTotals(lines) },
    isOver: isOver(month, tenant.timeZone),
    documentNumber: document?.number ?? null,
  }
}

export interface TenantFee {
  tenant: Tenant
  totals: FeeTotals
  documentNumber: string | null
}

/** All tenants that the platform earned something of in a month, or gave something back to. */
export async function feesOfMonth(month: string): Promise<TenantFee[]> {
  const zones = await Tenant.query().distinct('time_zone')
  const lines: FeeLine[] = []
  for (const { timeZone } of zones) {
    const tenants = await Tenant.query().where('time_zone', timeZone).select('id')
    for (const ids of chunks(tenants.map(({ id }) => id))) {
      lines.push(...(await linesOf(ids, month, timeZone)))
    }
  }
  const byTenant = Map.groupBy(lines, ({ tenantId }) => tenantId)
  const found = [...byTenant.keys()]
  const tenants = await Promise.all(chunks(found).map(tenantsOf))
  const numbers = await numbersOf(month, found)
  return tenants
    .flat()
    .map((tenant) => ({
      tenant,
      totals: feeTotals(byTenant.get(tenant.id)!),
      documentNumber: numbers.get(tenant.id) ?? null,
    }))
    .sort((one, other) => one.tenant.legalName.localeCompare(other.tenant.legalName))
}

/** This month and those before it, the latest first. */
export function lastMonths(count: number, timeZone: string): string[] {
  const now = clock.now().setZone(timeZone).startOf('month')
  return Array.from({ length: count }, (_, back) => now.minus({ months: back }).toFormat('yyyy-MM'))
}

export const neighbourMonths = (month: string) => {
  const first = DateTime.fromISO(`${month}-01`)
  return {
    previous: first.minus({ months: 1 }).toFormat('yyyy-MM'),
    next: first.plus({ months: 1 }).toFormat('yyyy-MM'),
  }
}

const isOver = (month: string, timeZone: string) => monthPeriod(month).until < clock.today(timeZone)

function linesOf(tenantIds: string[], month: string, timeZone: string): Promise<FeeLine[]> {
  const { from, until } = monthPeriod(month)
  return feeLines({
    tenantIds,
    from: startOfDay(from, timeZone),
    until: endOfDay(until, timeZone),
  })
}

const MOST_AT_ONCE = 500

const chunks = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST_AT_ONCE) }, (_, at) =>
    ids.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE)
  )

const tenantsOf = (ids: string[]) => Tenant.query().whereIn('id', ids)

async function numbersOf(month: string, tenantIds: string[]): Promise<Map<string, string>> {
  const rows = await Promise.all(
    chunks(tenantIds).map((ids) =>
      FeeDocument.query().whereIn('tenant_id', ids).where('month', month)
    )
  )
  return new Map(rows.flat().map(({ tenantId, number }) => [tenantId, number]))
}

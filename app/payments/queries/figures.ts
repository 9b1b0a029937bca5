import { endOfDay, startOfDay, daysOf, type Period } from '#app/core/periods'
import { overdueByAge, type Overdue } from '#app/payments/queries/overdue_by_age'
import { releases, type Release } from '#app/payments/queries/releases'
import {
  addTakings,
  takingsByDay,
  takingsByStoreAndType,
  takingsByTenantAndType,
  type DayTakings,
  type Takings,
} from '#app/payments/queries/takings'
import { typeName } from '#app/payments/payment_types'
import { storesOf } from '#app/tenants/queries/stores'
import { namesOf } from '#app/tenants/queries/names'
import type Tenant from '#app/tenants/models/tenant'

/** A store, a business or a way to pay, with what came through it. */
export interface Part extends Takings {
  name: string
}

/** What the charts of one currency show. */
export interface Figures {
  currency: string
  total: Takings
  /** Every day of the period. */
  days: DayTakings[]
  /** The largest first. */
  byType: Part[]
  byPlace: Part[]
  overdue: Overdue[]
  releases: Release[]
}

interface Input {
  period: Period
  /** Where the reader's day is. */
  timeZone: string
  today: string
}

const boundsOf = ({ period, timeZone }: Input) => ({
  from: startOfDay(period.from, timeZone),
  until: endOfDay(period.until, timeZone),
  timeZone,
})

/** A tenant's figures in its currency; places are its stores. */
export async function tenantFigures(tenant: Tenant, input: Omit<Input, 'timeZone'>) {
  const { id: tenantId, timeZone, currency } = tenant
  const bounds = { ...boundsOf({ ...input, timeZone }), tenantId }
  const stores = await storesOf(tenantId)
  const names = new Map(stores.map(({ id, name }) => [id, name]))
  const parts = await takingsByStoreAndType(bounds)
  const raw = {
    days: await takingsByDay(bounds),
    parts: parts.map(({ storeId, ...part }) => ({
      ...part,
      place: storeId,
      name: names.get(storeId)!,
    })),
    overdue: await overdueByAge({ tenantId, today: input.today }),
    releases: await releases({ tenantId, timeZone }),
  }
  return figuresOf(currency, input.period, raw)
}

/** Everybody's figures, by currency; places are businesses. */
export async function platformFigures(input: Input): Promise<Figures[]> {
  const bounds = boundsOf(input)
  const parts = await takingsByTenantAndType(bounds)
  const names = await namesOf(largest(parts))
  const raw = {
    days: await takingsByDay(bounds),
    parts: parts.map(({ tenantId, ...part }) => {
      const name = names.get(tenantId)
      return { ...part, place: name === undefined ? '' : tenantId, name: name ?? '' }
    }),
    overdue: await overdueByAge(input),
    releases: await releases(input),
  }
  const all = [raw.days, raw.overdue, raw.releases].flat()
  const currencies = [...new Set(all.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => figuresOf(currency, input.period, raw))
}

interface Raw {
  days: DayTakings[]
  /** By store or tenant; those that are too small to be named have no place. */
  parts: (Part & { type: string; place: string })[]
  overdue: Overdue[]
  releases: Release[]
}

const nothing = (currency: string): Takings => ({
  ...{ currency, count: 0, grossMinor: 0, refundedMinor: 0, chargesMinor: 0, feeMinor: 0 },
})

function figuresOf(currency: string, period: Period, raw: Raw): Figures {
  const of = <One extends { currency: string }>(all: One[]) =>
    all.filter((one) => one.currency === currency)
  const byDay = new Map(of(raw.days).map((day) => [day.day, day]))
  return {
    currency,
    total: of(raw.days).reduce<Takings>(addTakings, nothing(currency)),
    days: daysOf(period).map((day) => byDay.get(day) ?? { day, ...nothing(currency) }),
    byType: grouped(of(raw.parts).map((part) => withKey(part, typeName(part.type)))),
    byPlace: grouped(of(raw.parts).map((part) => withKey(part, part.place, part.name))),
    overdue: of(raw.overdue),
    releases: of(raw.releases),
  }
}

interface Keyed extends Part {
  /** Two businesses may have the same name. */
  key: string
}

const withKey = (part: Takings, key: string, name = key): Keyed => ({ ...part, key, name })

function grouped(parts: Keyed[]): Part[] {
  const sums = new Map<string, Part>()
  for (const { key, ...part } of parts) {
    const known = sums.get(key)
    sums.set(key, known ? { name: known.name, ...addTakings(known, part) } : part)
  }
  return [...sums.values()].sort((a, b) => b.grossMinor - a.grossMinor)
}

/** So many businesses are named in a chart; the others are one. */
const MOST_NAMED = 10

/** The tenants with the largest takings, of each currency. */
function largest(parts: Awaited<ReturnType<typeof takingsByTenantAndType>>): string[] {
  const currencies = new Set(parts.map(({ currency }) => currency))
  return [...currencies].flatMap((currency) => {
    const own = parts.filter((part) => part.currency === currency)
    const ids = new Map<string, number>()
    for (const { tenantId, grossMinor } of own) {
      ids.set(tenantId, (ids.get(tenantId) ?? 0) + grossMinor)
    }
    const sorted = [...ids].sort(([, one], [, other]) => other - one)
    return sorted.slice(0, MOST_NAMED).map(([id]) => id)
  })
}

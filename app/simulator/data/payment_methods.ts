export interface FeeRule {
  basis_points: number
  fixed_minor: number
}

export interface PaymentMethod {
  id: string
  name: string
  siteId: string
  typeId: 'ticket' | 'bank_transfer'
  pendingDetail: string
  minMinor: number
  maxMinor: number
  accreditationMinutes: number
  financialInstitution: string | null
  /** `calendarDays`: only the date counts and the default ends with the day. */
  expiry: { calendarDays: boolean; defaultMinutes: number; minMinutes: number; maxMinutes: number }
  /** A registered boleto names its payer, with document and address. */
  needsRegisteredPayer: boolean
  fee: FeeRule
  releaseDays: number
}

const DAY_MINUTES = 24 * 60

/** Fees and release days are plausible list prices; each account may override them. */
export const PAYMENT_METHODS: readonly PaymentMethod[] = [
  {
    id: 'bolbradesco',
    name: 'Boleto',
    siteId: 'MLB',
    typeId: 'ticket',
    pendingDetail: 'pending_waiting_payment',
    minMinor: 4_00,
    maxMinor: 1_000_000_00,
    accreditationMinutes: 2 * DAY_MINUTES,
    financialInstitution: 'bradesco',
    expiry: {
      calendarDays: true,
      defaultMinutes: 3 * DAY_MINUTES,
      minMinutes: DAY_MINUTES,
      maxMinutes: 30 * DAY_MINUTES,
    },
    needsRegisteredPayer: true,
    fee: { basis_points: 0, fixed_minor: 3_49 },
    releaseDays: 14,
  },
  {
    id: 'pix',
    name: 'PIX',
    siteId: 'MLB',
    typeId: 'bank_transfer',
    pendingDetail: 'pending_waiting_transfer',
    minMinor: 1,
    maxMinor: 1_000_000_00,
    accreditationMinutes: 0,
    financialInstitution: null,
    expiry: {
      calendarDays: false,
      defaultMinutes: DAY_MINUTES,
      minMinutes: 30,
      maxMinutes: 30 * DAY_MINUTES,
    },
    needsRegisteredPayer: false,
    fee: { basis_points: 99, fixed_minor: 0 },
    releaseDays: 0,
  },
]

export function methodsOf(siteId: string): PaymentMethod[] {
  return PAYMENT_METHODS.filter((method) => method.siteId === siteId)
}

export function findMethod(siteId: string, id: unknown): PaymentMethod | undefined {
  return methodsOf(siteId).find((method) => method.id === id)
}

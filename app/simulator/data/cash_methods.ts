import type { Expiry, PaymentMethod } from './payment_methods.js'

const DAY_MINUTES = 24 * 60

const DAYS: Expiry = {
  calendarDays: true,
  defaultMinutes: 3 * DAY_MINUTES,
  minMinutes: DAY_MINUTES,
  maxMinutes: 30 * DAY_MINUTES,
}

const MINUTES: Expiry = {
  calendarDays: false,
  defaultMinutes: DAY_MINUTES,
  minMinutes: 30,
  maxMinutes: 30 * DAY_MINUTES,
}

type Cash = Pick<
  PaymentMethod,
  'id' | 'name' | 'siteId' | 'minMinor' | 'maxMinor' | 'fee' | 'releaseDays'
> &
  Partial<PaymentMethod>

const fee = (basisPoints: number, fixedMinor = 0) => ({
  basis_points: basisPoints,
  fixed_minor: fixedMinor,
})

function voucher(method: Cash): PaymentMethod {
  return {
    typeId: 'ticket',
    form: 'voucher',
    accreditationMinutes: 2 * DAY_MINUTES,
    financialInstitution: null,
    financialInstitutions: [],
    payerNeeds: [],
    expiry: DAYS,
    brand: null,
    ...method,
  }
}

function transfer(method: Cash): PaymentMethod {
  const more = { typeId: 'bank_transfer', form: 'transfer', accreditationMinutes: 0 } as const
  return voucher({ ...more, expiry: MINUTES, ...method })
}

/** Banks of Colombia as PSE numbers them: a few of many. */
const PSE_BANKS = [
  { id: '1007', description: 'Bancolombia' },
  { id: '1009', description: 'Citibank' },
  { id: '1051', description: 'Davivienda' },
  { id: '1507', description: 'Nequi' },
]

/** Whatever is not a card: paid with a code, at a counter or on the page of a bank. */
export const CASH_METHODS: readonly PaymentMethod[] = [
  voucher({
    id: 'bolbradesco',
    name: 'Boleto',
    siteId: 'MLB',
    form: 'boleto',
    minMinor: 4_00,
    maxMinor: 1_000_000_00,
    financialInstitution: 'bradesco',
    payerNeeds: ['names', 'document', 'address'],
    fee: fee(0, 3_49),
    releaseDays: 14,
  }),
  transfer({
    id: 'pix',
    name: 'PIX',
    siteId: 'MLB',
    form: 'pix',
    minMinor: 1,
    maxMinor: 1_000_000_00,
    fee: fee(99),
    releaseDays: 0,
  }),
  voucher({
    id: 'pec',
    name: 'Pagamento na lotérica sem boleto',
    siteId: 'MLB',
    minMinor: 4_00,
    maxMinor: 2_000_00,
    payerNeeds: ['names', 'document'],
    fee: fee(0, 3_49),
    releaseDays: 14,
  }),
  ...[
    { id: 'rapipago', name: 'Rapipago' },
    { id: 'pagofacil', name: 'Pago Fácil' },
  ].map((method) =>
    voucher({
      ...method,
      siteId: 'MLA',
      minMinor: 100_00,
      maxMinor: 600_000_00,
      fee: fee(483),
      releaseDays: 10,
    })
  ),
  ...[
    { id: 'oxxo', name: 'OXXO' },
    { id: 'paycash', name: 'PayCash' },
    { id: 'banamex', name: 'Citibanamex', typeId: 'atm' as const },
    { id: 'serfin', name: 'Santander', typeId: 'atm' as const },
    { id: 'bancomer', name: 'BBVA Bancomer', typeId: 'atm' as const },
  ].map((method) =>
    voucher({
      ...method,
      siteId: 'MLM',
      minMinor: 10_00,
      maxMinor: 10_000_00,
      fee: fee(405, 4_64),
      releaseDays: 0,
    })
  ),
  transfer({
    id: 'clabe',
    name: 'Transferencia SPEI',
    siteId: 'MLM',
    minMinor: 10_00,
    maxMinor: 500_000_00,
    fee: fee(405, 4_64),
    releaseDays: 0,
  }),
  voucher({
    id: 'pagoefectivo_atm',
    name: 'PagoEfectivo',
    siteId: 'MPE',
    typeId: 'atm',
    minMinor: 3_00,
    maxMinor: 10_000_00,
    fee: fee(471, 1_18),
    releaseDays: 0,
  }),
  voucher({
    id: 'efecty',
    name: 'Efecty',
    siteId: 'MCO',
    minMinor: 5_000_00,
    maxMinor: 8_000_000_00,
    fee: fee(392, 952_00),
    releaseDays: 0,
  }),
  transfer({
    id: 'pse',
    name: 'PSE',
    siteId: 'MCO',
    minMinor: 1_600_00,
    maxMinor: 340_000_000_00,
    financialInstitutions: PSE_BANKS,
    payerNeeds: ['document', 'entity_type'],
    fee: fee(392, 952_00),
    releaseDays: 0,
  }),
  ...[
    { id: 'abitab', name: 'Abitab' },
    { id: 'redpagos', name: 'Redpagos' },
  ].map((method) =>
    voucher({
      ...method,
      siteId: 'MLU',
      minMinor: 50_00,
      maxMinor: 100_000_00,
      fee: fee(731),
      releaseDays: 14,
    })
  ),
  transfer({
    id: 'webpay',
    name: 'Webpay Plus',
    siteId: 'MLC',
    minMinor: 50,
    maxMinor: 10_000_000,
    financialInstitutions: [{ id: '1234', description: 'Transbank' }],
    payerNeeds: ['entity_type'],
    fee: fee(380),
    releaseDays: 0,
  }),
  voucher({
    id: 'servipag',
    name: 'Servipag',
    siteId: 'MLC',
    minMinor: 1_000,
    maxMinor: 2_000_000,
    fee: fee(380),
    releaseDays: 0,
  }),
]

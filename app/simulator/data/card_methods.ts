import type { CardBrand, FeeRule, PaymentMethod } from './payment_methods.js'

const standard = {
  lengths: [16],
  securityCodeLength: 3,
  securityCodeLocation: 'back',
  deferredCapture: true,
  maxInstallments: 12,
} as const

/** Numbers begin so; the narrower ones stand first. */
const BRANDS: Record<string, CardBrand & { name: string; debit?: boolean }> = {
  elo: {
    ...standard,
    name: 'Elo',
    lengths: [16],
    pattern: '^(4011|4312|4389|4514|4576|5041|5066|5067|509|6277|6362|6363|650|6516|6550)',
    issuer: { id: '338', name: 'Elo' },
  },
  hipercard: {
    ...standard,
    name: 'Hipercard',
    lengths: [16],
    pattern: '^(637095|637612|637599|637609|637568|606282)',
    issuer: { id: '279', name: 'Hipercard' },
  },
  amex: {
    ...standard,
    name: 'American Express',
    lengths: [15],
    securityCodeLength: 4,
    securityCodeLocation: 'front',
    pattern: '^3[47]',
    issuer: { id: '310', name: 'American Express' },
  },
  visa: {
    ...standard,
    name: 'Visa',
    lengths: [13, 16, 19],
    pattern: '^4',
    issuer: { id: '25', name: 'Visa' },
  },
  master: {
    ...standard,
    name: 'Mastercard',
    lengths: [16],
    pattern: '^(5[1-5]|50|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)',
    issuer: { id: '24', name: 'Mastercard' },
  },
  debvisa: {
    ...standard,
    name: 'Visa Débito',
    lengths: [16, 19],
    pattern: '^4',
    issuer: { id: '1', name: 'Visa Débito' },
    deferredCapture: false,
    maxInstallments: 1,
    debit: true,
  },
  debmaster: {
    ...standard,
    name: 'Mastercard Débito',
    lengths: [16],
    pattern: '^(5|2)',
    issuer: { id: '2', name: 'Mastercard Débito' },
    deferredCapture: false,
    maxInstallments: 1,
    debit: true,
  },
}

interface CardSite {
  brands: string[]
  minMinor: number
  maxMinor: number
  fee: FeeRule
  releaseDays: number
  maxInstallments: number
}

const all = ['amex', 'visa', 'master', 'debvisa', 'debmaster']

function fee(basisPoints: number, fixedMinor = 0): FeeRule {
  return { basis_points: basisPoints, fixed_minor: fixedMinor }
}

const SITES: Record<string, CardSite> = {
  MLB: {
    brands: ['elo', 'hipercard', ...all],
    minMinor: 50,
    maxMinor: 60_000_00,
    fee: fee(499),
    releaseDays: 14,
    maxInstallments: 12,
  },
  MLA: {
    brands: all,
    minMinor: 1_00,
    maxMinor: 20_000_000_00,
    fee: fee(500),
    releaseDays: 10,
    maxInstallments: 12,
  },
  MLM: {
    brands: all,
    minMinor: 5_00,
    maxMinor: 300_000_00,
    fee: fee(405, 4_64),
    releaseDays: 0,
    maxInstallments: 18,
  },
  MLC: {
    brands: all,
    minMinor: 50,
    maxMinor: 20_000_000,
    fee: fee(380),
    releaseDays: 10,
    maxInstallments: 6,
  },
  MCO: {
    brands: all,
    minMinor: 1_000_00,
    maxMinor: 40_000_000_00,
    fee: fee(392, 952_00),
    releaseDays: 0,
    maxInstallments: 36,
  },
  MPE: {
    brands: all,
    minMinor: 2_00,
    maxMinor: 100_000_00,
    fee: fee(471, 1_18),
    releaseDays: 14,
    maxInstallments: 12,
  },
  MLU: {
    brands: ['visa', 'master', 'debvisa', 'debmaster'],
    minMinor: 20_00,
    maxMinor: 2_000_000_00,
    fee: fee(610),
    releaseDays: 14,
    maxInstallments: 12,
  },
}

function cardMethod(siteId: string, site: CardSite, id: string): PaymentMethod {
  const { name, debit, ...brand } = BRANDS[id]
  return {
    id,
    name,
    siteId,
    typeId: debit ? 'debit_card' : 'credit_card',
    form: 'card',
    minMinor: site.minMinor,
    maxMinor: site.maxMinor,
    accreditationMinutes: debit ? 1440 : 2880,
    financialInstitution: null,
    financialInstitutions: [],
    payerNeeds: [],
    expiry: null,
    brand: { ...brand, maxInstallments: debit ? 1 : site.maxInstallments },
    fee: site.fee,
    releaseDays: site.releaseDays,
  }
}

/** Credit and debit cards of each site. */
export const CARD_METHODS: readonly PaymentMethod[] = Object.entries(SITES).flatMap(
  ([siteId, site]) => site.brands.map((id) => cardMethod(siteId, site, id))
)

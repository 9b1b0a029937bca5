import { netOf } from '../balance/parts.js'
import { SITES } from '../data/sites.js'
import { decimalText } from '../money.js'
import { HOUR_MS } from '../time.js'
import type { Line } from './line.js'
import type { ReportKind } from './report.js'
import { offsetHoursOf } from './timezone.js'

type Column = (line: Line) => string

function amount(minorOf: (line: Line) => number): Column {
  return (line) => decimalText(minorOf(line), SITES[line.report.siteId].decimals)
}

/** `2018-04-17T15:07:53.000-04:00`, in the time zone of the configuration. */
function time(atOf: (line: Line) => number | undefined): Column {
  return (line) => {
    const at = atOf(line)
    if (at === undefined) return ''
    const hours = offsetHoursOf(line.report.config.display_timezone)
    const local = new Date(at + hours * HOUR_MS).toISOString().slice(0, -1)
    const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
    return local + offset
  }
}

const empty: Column = () => ''
const nothing = amount(() => 0)
/** `MKP_FEE_AMOUNT` is a part of it, as in the documented sample. */
const allFees = amount(({ parts }) => parts.feeMinor + parts.applicationFeeMinor)
const currency: Column = ({ report }) => SITES[report.siteId].currencyId

/** Columns that are asked for and stay empty: nothing here has a store, a parcel or a coupon. */
const EMPTY = [
  'CARD_INITIAL_NUMBER',
  'EXTERNAL_POS_ID',
  'EXTERNAL_STORE_ID',
  'OPERATION_TAGS',
  'ORDER_ID',
  'PACK_ID',
  'PAYER_ID_NUMBER',
  'PAYER_ID_TYPE',
  'PAYER_NAME',
  'POI_BANK_NAME',
  'POI_ID',
  'POI_WALLET_NAME',
  'POS_ID',
  'POS_NAME',
  'SELLER_AMOUNT',
  'SHIPMENT_MODE',
  'SHIPPING_ID',
  'STORE_ID',
  'STORE_NAME',
  'TAXES_DISAGGREGATED',
  'TAX_AMOUNT_TELCO',
  'TAX_DETAIL',
]

const COMMON: Record<string, Column> = {
  ...Object.fromEntries(EMPTY.map((key) => [key, empty])),
  EXTERNAL_REFERENCE: ({ movement }) => movement?.externalReference ?? '',
  SOURCE_ID: ({ movement }) => movement?.sourceId ?? '',
  DESCRIPTION: ({ description }) => description,
  PAYMENT_METHOD: ({ movement }) => movement?.methodId ?? '',
  PAYMENT_METHOD_TYPE: ({ movement }) => movement?.methodType ?? '',
  FINANCING_FEE_AMOUNT: nothing,
  SHIPPING_FEE_AMOUNT: nothing,
  COUPON_AMOUNT: nothing,
  EFFECTIVE_COUPON_AMOUNT: nothing,
  TAXES_AMOUNT: amount(({ parts }) => parts.taxMinor),
  INSTALLMENTS: ({ movement }) => String(movement?.installments ?? 1),
  TRANSACTION_DATE: time(({ movement }) => movement?.createdAt),
  TRANSACTION_INTENT_ID: ({ movement }) =>
    movement?.kind.startsWith('payout') ? movement.sourceId : '',
}

const COLUMNS: Record<ReportKind, Record<string, Column>> = {
  release: {
    ...COMMON,
    DATE: time(({ at }) => at),
    RECORD_TYPE: ({ recordType }) => recordType,
    NET_CREDIT_AMOUNT: amount(({ creditMinor }) => creditMinor),
    NET_DEBIT_AMOUNT: amount(({ debitMinor }) => debitMinor),
    GROSS_AMOUNT: amount(({ parts }) => parts.grossMinor),
    MP_FEE_AMOUNT: allFees,
    BALANCE_AMOUNT: amount(({ balanceMinor }) => balanceMinor),
    CURRENCY: currency,
    TRANSACTION_APPROVAL_DATE: time(({ movement }) => movement?.approvedAt),
    METADATA: empty,
    REFUND_ID: empty,
  },
  settlement: {
    ...COMMON,
    USER_ID: ({ report }) => String(report.accountId),
    SITE: ({ report }) => report.siteId,
    TRANSACTION_TYPE: ({ recordType }) => recordType,
    TRANSACTION_AMOUNT: amount(({ parts }) => parts.grossMinor),
    TRANSACTION_CURRENCY: currency,
    FEE_AMOUNT: allFees,
    SETTLEMENT_NET_AMOUNT: amount(({ parts }) => netOf(parts)),
    SETTLEMENT_CURRENCY: currency,
    SETTLEMENT_DATE: time(({ at }) => at),
    REAL_AMOUNT: amount(({ parts }) => netOf(parts)),
    MKP_FEE_AMOUNT: amount(({ parts }) => parts.applicationFeeMinor),
    METADATA: () => '[{}]',
  },
}

const DEFAULT_COLUMNS: Record<ReportKind, string> = {
  release: `DATE SOURCE_ID EXTERNAL_REFERENCE RECORD_TYPE DESCRIPTION NET_CREDIT_AMOUNT
    NET_DEBIT_AMOUNT GROSS_AMOUNT MP_FEE_AMOUNT FINANCING_FEE_AMOUNT SHIPPING_FEE_AMOUNT
    TAXES_AMOUNT COUPON_AMOUNT INSTALLMENTS PAYMENT_METHOD`,
  settlement: `EXTERNAL_REFERENCE SOURCE_ID USER_ID PAYMENT_METHOD_TYPE PAYMENT_METHOD SITE
    TRANSACTION_TYPE TRANSACTION_AMOUNT TRANSACTION_CURRENCY TRANSACTION_DATE FEE_AMOUNT
    SETTLEMENT_NET_AMOUNT SETTLEMENT_CURRENCY SETTLEMENT_DATE REAL_AMOUNT COUPON_AMOUNT METADATA
    MKP_FEE_AMOUNT FINANCING_FEE_AMOUNT SHIPPING_FEE_AMOUNT TAXES_AMOUNT INSTALLMENTS ORDER_ID
    SHIPPING_ID SHIPMENT_MODE PACK_ID`,
}

/** As in the documented samples. */
export function defaultColumns(kind: ReportKind): string[] {
  return DEFAULT_COLUMNS[kind].split(/\s+/)
}

export function isColumn(kind: ReportKind, key: unknown): boolean {
  return typeof key === 'string' && Object.hasOwn(COLUMNS[kind], key)
}

export function columnsOf(kind: ReportKind, keys: string[]): Column[] {
  return keys.map((key) => COLUMNS[kind][key])
}

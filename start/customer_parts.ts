import { paymentsParts } from '#app/payments/customer_parts'
import { receivablesParts } from '#app/receivables/customer_parts'
import type { CustomerPart } from '#app/receivables/queries/customer_part'

/** All that hangs on a customer: what is exported, erased, and moved when two are merged. */
const customerParts: CustomerPart[] = [...receivablesParts, ...paymentsParts]

export default customerParts

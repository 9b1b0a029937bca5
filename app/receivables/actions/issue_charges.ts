import { DomainError } from '#app/core/errors'
import { IssueCharge, type IssueInput } from '#app/receivables/actions/issue_charge'
import type Charge from '#app/receivables/models/charge'
import type { ChargeMethod } from '#app/receivables/models/charge'

interface IssueChargesInput extends Omit<IssueInput, 'method'> {
  methods: ChargeMethod[]
}

interface Issued {
  charges: Charge[]
  /** Ways that could not be offered, each with its reason. */
  failed: { method: ChargeMethod; error: DomainError }[]
}

/** Offers several ways of paying at once; one that cannot be had does not keep back the others. */
export class IssueCharges {
  /** @throws DomainError when none of them can be had */
  async handle({ methods, ...input }: IssueChargesInput): Promise<Issued> {
    const issued: Issued = { charges: [], failed: [] }
    await Promise.all(methods.map((method) => this.#issue({ ...input, method }, issued)))
    if (issued.charges.length === 0 && issued.failed.length > 0) throw issued.failed[0].error
    return issued
  }

  async #issue(input: IssueInput, { charges, failed }: Issued): Promise<void> {
    try {
      charges.push(await new IssueCharge().handle(input))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      failed.push({ method: input.method, error })
    }
  }
}

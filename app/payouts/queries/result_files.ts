import PayoutResultFile from '#app/payouts/models/payout_result_file'

const RECENT = 20

/** The bank's files that came last. */
export const recentResultFiles = (): Promise<PayoutResultFile[]> =>
  PayoutResultFile.query()
    .select('id', 'created_at', 'applied_at')
    .orderBy('id', 'desc')
    .limit(RECENT)
    .exec()

export const findResultFile = (id: string): Promise<PayoutResultFile | null> =>
  PayoutResultFile.find(id)

import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { sendDownload } from '#app/core/http/send_download'
import { requestedBatch } from '#app/admin/controllers/payout_batches_controller'
import { DownloadBatch } from '#app/payouts/actions/download_batch'

/** The file itself: a post, as taking it is written into the audit log. */
export default class PayoutBatchFilesController {
  async store(ctx: HttpContext) {
    const batch = await requestedBatch(ctx)
    const content = await new DownloadBatch().handle({ batch, actor: actorOf(ctx) })
    const name = `payouts-${batch.currency}-${batch.id}.csv`
    return sendDownload(ctx, { name, contentType: 'text/csv; charset=utf-8', content })
  }
}

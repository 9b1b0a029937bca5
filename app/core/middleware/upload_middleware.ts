import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** One file of a posted form, in memory. */
export interface Upload {
  /** Null: longer than the page takes; what came was read and dropped. */
  bytes: Buffer | null
}

interface UploadOptions {
  field: string
  mostBytes: number
}

/** Read to its end, so that its sender hears what was wrong; beyond this the answer is a plain 413. */
const DROPPED_AT_MOST = '8mb'

/**
 * Reads the file of a form that a page expects. It runs before the session and shield, since the
 * form's token travels in the same body. Without a file, `ctx.upload` is undefined.
 */
export default class UploadMiddleware {
  async handle(ctx: HttpContext, next: NextFn, { field, mostBytes }: UploadOptions) {
    const { multipart } = ctx.request
    if (!multipart) return next()
    multipart.onFile(field, {}, async (part, report) => {
      const chunks: Buffer[] = []
      let length = 0
      for await (const chunk of part as AsyncIterable<Buffer>) {
        length += chunk.length
        if (length <= mostBytes) chunks.push(chunk)
        await report(chunk)
      }
      if (length > 0) ctx.upload = { bytes: length > mostBytes ? null : Buffer.concat(chunks) }
    })
    await multipart.process({ limit: DROPPED_AT_MOST })
    return next()
  }
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    upload?: Upload
  }
}

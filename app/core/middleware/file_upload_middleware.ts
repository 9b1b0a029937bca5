import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { DomainError } from '#app/core/errors'
import { newId } from '#app/core/ids'

/** A posted file on disk; it is gone when the request has been answered. */
export interface UploadedFile {
  path: string
  /** As its sender calls it, without a folder. */
  name: string
}

interface FileUploadOptions {
  field: string
  mostMegabytes: number
}

export class FileTooLarge extends DomainError {
  static status = 413
  readonly key = 'imports.file_too_large'
}

/**
 * Reads a long file of a form to disk, where `upload` reads a short one into memory. It runs behind
 * the login, so that a stranger fills no disk, and before shield, as the form's token travels in
 * the same body. Without a file `ctx.uploadedFile` is undefined.
 */
export default class FileUploadMiddleware {
  /** @throws FileTooLarge */
  async handle(ctx: HttpContext, next: NextFn, { field, mostMegabytes }: FileUploadOptions) {
    const { multipart } = ctx.request
    if (!multipart) return next()
    const path = join(tmpdir(), `upload-${newId()}`)
    multipart.onFile(field, {}, async (part, report) => {
      if (ctx.uploadedFile) return void part.resume()
      ctx.uploadedFile = { path, name: baseName(part.filename) }
      await pipeline(part as Readable, reporting(report), createWriteStream(path, { mode: 0o600 }))
    })
    try {
      await multipart.process({ limit: `${mostMegabytes}mb` }).catch((error) => {
        throw error.status === 413 ? new FileTooLarge({ limit: mostMegabytes }, field) : error
      })
      return await next()
    } finally {
      await rm(path, { force: true })
    }
  }
}

/** Counts what comes against the limit of the whole body. */
const reporting = (report: (chunk: Buffer) => unknown) =>
  new Transform({
    transform(chunk, _encoding, done) {
      Promise.resolve(report(chunk)).then(() => done(null, chunk), done)
    },
  })

/** Some browsers send the whole path. */
const baseName = (name: string) => name.split(/[\\/]/).at(-1) ?? ''

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    uploadedFile?: UploadedFile
  }
}

import { errors, type HttpContext } from '@adonisjs/core/http'
import type ExceptionCase from '#app/payments/models/exception_case'
import { findException } from '#app/payments/queries/exceptions'

/** The exception of the address; one of another tenant or of the platform does not exist. */
export async function requestedException({
  tenant,
  params,
  request,
}: HttpContext): Promise<ExceptionCase> {
  const exception = await findException({ tenantId: tenant.id }, params.id)
  if (!exception) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  return exception
}

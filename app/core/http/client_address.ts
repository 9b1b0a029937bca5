import { isIP } from 'node:net'
import type { HttpRequest } from '@adonisjs/core/http'

/**
 * Who sent a request: the farthest address that trusted proxies lead to. What stands beyond them in
 * the header was written by the sender, and is skipped where it is no address. Without the zone of a
 * link-local one; empty when the sender has gone already.
 */
export function clientAddress(request: HttpRequest): string {
  const address = request.ips().findLast((text) => isIP(text) !== 0) ?? ''
  return address.split('%')[0]
}

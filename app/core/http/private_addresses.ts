import { BlockList, isIPv6 } from 'node:net'

const ranges = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  ranges.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::1', 128],
  ['fe80::', 10],
  ['fc00::', 7],
] as const) {
  ranges.addSubnet(network, bits, 'ipv6')
}

/** Whether an address is this machine's or a private network's; IPv4 inside IPv6 counts as IPv4. */
export const isPrivateAddress = (address: string): boolean =>
  ranges.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

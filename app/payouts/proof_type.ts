/** By their first bytes, whatever the file's name says. */
const signatures = {
  'application/pdf': Buffer.from('%PDF-'),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
} as const

export type ProofType = keyof typeof signatures

export const MOST_PROOF_BYTES = 1024 * 1024

export const extensionOf: Record<ProofType, string> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
}

/** What a file really is; null when it is nothing that a bank gives out as a proof. */
export function proofTypeOf(bytes: Buffer): ProofType | null {
  const types = Object.keys(signatures) as ProofType[]
  return types.find((type) => bytes.subarray(0, 8).indexOf(signatures[type]) === 0) ?? null
}

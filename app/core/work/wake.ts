const sleepers = new Set<() => void>()

/** Tells the worker of this process that there may be work; others find it at their next look. */
export function wakeWorker(): void {
  for (const wake of sleepers) wake()
}

/** @returns the way to stop listening. */
export function onWake(wake: () => void): () => void {
  sleepers.add(wake)
  return () => sleepers.delete(wake)
}

export type ImportState = 'checking' | 'checked' | 'unreadable' | 'applying' | 'done' | 'discarded'

const next: Record<ImportState, readonly ImportState[]> = {
  checking: ['checked', 'unreadable', 'discarded'],
  checked: ['applying', 'discarded'],
  unreadable: [],
  // From here on it is finished, whatever happens: nothing is imported by half.
  applying: ['done'],
  done: [],
  discarded: [],
}

/** Those that still hold what was in the file. */
export const unfinishedStates = ['checking', 'checked', 'applying'] as const

export const mayFollow = (from: ImportState, to: ImportState): boolean => next[from].includes(to)

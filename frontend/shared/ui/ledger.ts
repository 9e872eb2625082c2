/** A line of the passbook as the ruled page shows it. */
export interface Entry {
  id: string
  day: string
  label: string
  amount: number
  balance: number
  asset: 'CP' | 'SUN'
  /** A second, softer line: "corrected", "taken back". */
  note?: string
}

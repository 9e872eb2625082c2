/** The day as a sheet for the café's books: comma separated, readable by Excel in every language. */
import type { Till } from '$shared/api/shapes.ts'

/** One cell: quoted where needed, and never a formula. */
export function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Each use of the day with its time and value; a use that was undone is worth nothing. */
export function daySheet(day: Till, headings: readonly string[], timeOf: (instant: string) => string, undone: string): string {
  const major = (minor: number) => (minor / 10 ** day.minor_digits).toFixed(day.minor_digits)
  const lines = [...day.redemptions]
    .reverse()
    .map((use) => [day.day, timeOf(use.at), use.item, major(use.undone_at ? 0 : use.value_minor), day.currency, use.undone_at ? undone : ''])
  return '\ufeff' + [headings, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'
}

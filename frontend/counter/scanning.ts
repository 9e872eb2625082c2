/** Reading what a person types and what a scanner types: both come as keys. */

/** A code as the campus reads it: capitals, no blanks; O, I and L are taken for the digits they look like. */
export function tidy(text: string): string {
  const code = text.trim().replace(/\s+/g, '').toUpperCase()
  return code.startsWith('C1.') ? code : code.replaceAll('-', '').replaceAll('O', '0').replace(/[IL]/g, '1')
}

/** Whether a text can be a code at all: a scanned one, or ten characters typed. */
export function looksLikeCode(code: string): boolean {
  return /^C1\.[0-9A-Z]+\.[A-Z2-7]{26}\.\d+\.[A-Z2-7]{16}$/.test(code) || /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code)
}

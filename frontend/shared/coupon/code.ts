/**
 * The code that proves a coupon, made on the phone so that it works without signal.
 *
 * QR: `C1.<kid>.<id base32>.<step>.<tag>`; the tag is HMAC-SHA256 cut to 80 bits. To type: the coupon's
 * four characters and six that change with each step. Both are worthless about 90 seconds later.
 */
export interface Seal {
  uid: string
  kid: string
  generation: number
  handle: string
  secret: string
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Which step of the day's clock an instant (ms) belongs to. */
export function stepOf(instant: number, seconds: number): number {
  return Math.floor(instant / 1000 / seconds)
}

/** How many ms the present step still lasts. */
export function remaining(instant: number, seconds: number): number {
  return seconds * 1000 - (instant % (seconds * 1000))
}

export async function qrText(seal: Seal, step: number): Promise<string> {
  const hex = seal.uid.replaceAll('-', '').toLowerCase()
  const tag = await hmac(seal.secret, `C1|${seal.kid}|${hex}|${seal.generation}|${step}`)
  return `C1.${seal.kid}.${letters(bytesOfHex(hex), BASE32)}.${step}.${letters(tag.slice(0, 10), BASE32)}`
}

export async function typedCode(seal: Seal, step: number): Promise<string> {
  const hex = seal.uid.replaceAll('-', '').toLowerCase()
  const tag = await hmac(seal.secret, `T1|${hex}|${seal.generation}|${step}`)
  return seal.handle + letters(tag.slice(0, 4), CROCKFORD).slice(0, 6)
}

async function hmac(secret: string, message: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(secret), (char) => char.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(message)))
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

/** Bytes as letters of five bits each; the last letter is filled with zero bits. */
function letters(bytes: Uint8Array, alphabet: string): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) text += alphabet[(held >>> (bits -= 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits ? text + alphabet[(held << (5 - bits)) & 31] : text
}

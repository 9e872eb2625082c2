import { describe, expect, it } from 'vitest'

import { qrText, remaining, type Seal, stepOf, typedCode } from './code.ts'

// Computed with Python's hmac and base64 from the bytes 0..31.
const seal: Seal = {
  uid: '0190f3c2-7b1a-7c3d-8e4f-5a6b7c8d9e0f',
  kid: 'K1',
  generation: 2,
  handle: '7QX2',
  secret: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
}

describe('a coupon code', () => {
  it('is the text the counter expects in the QR', async () => {
    expect(await qrText(seal, 59_000_000)).toBe('C1.K1.AGIPHQT3DJ6D3DSPLJVXZDM6B4.59000000.XT44HQIGNPBETQQ4')
  })
  it('can be typed: the handle and six characters of the step', async () => {
    expect(await typedCode(seal, 59_000_000)).toBe('7QX29CEMRW')
  })
  it('changes with the step and with the generation', async () => {
    const codes = [typedCode(seal, 1), typedCode(seal, 2), typedCode({ ...seal, generation: 3 }, 1)]
    expect(new Set(await Promise.all(codes)).size).toBe(3)
  })
  it('uses only characters of the alphanumeric QR mode', async () => {
    expect(await qrText(seal, 1)).toMatch(/^[0-9A-Z.]+$/)
  })
})

describe('steps', () => {
  it('last thirty seconds', () => {
    expect([stepOf(29_999, 30), stepOf(30_000, 30)]).toEqual([0, 1])
    expect(remaining(29_000, 30)).toBe(1_000)
  })
})

/** A verdict for the ear: one rises, one repeats, one falls, one holds. */
export type Tone = 'ok' | 'used' | 'refused' | 'waiting'

/** Pitch in Hz, when it begins and how long it lasts in s. */
const NOTES: Record<Tone, readonly [number, number, number][]> = {
  ok: [[659, 0, 0.12], [988, 0.13, 0.22]],
  used: [[440, 0, 0.14], [440, 0.22, 0.14]],
  refused: [[330, 0, 0.16], [196, 0.17, 0.34]],
  waiting: [[523, 0, 0.3]],
}
let speaker: AudioContext | undefined

export function play(tone: Tone): void {
  speaker ??= new AudioContext()
  void speaker.resume().catch(() => undefined)
  for (const [pitch, after, lasts] of NOTES[tone]) note(speaker, pitch, speaker.currentTime + after, lasts)
}

function note(context: AudioContext, pitch: number, at: number, lasts: number): void {
  const voice = new OscillatorNode(context, { frequency: pitch, type: 'triangle' })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.35, at + 0.015)
  volume.gain.setValueAtTime(0.35, at + lasts - 0.05)
  volume.gain.linearRampToValueAtTime(0, at + lasts)
  voice.connect(volume).connect(context.destination)
  voice.start(at)
  voice.stop(at + lasts)
}

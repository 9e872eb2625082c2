/** What looks for a QR code in the picture of a camera. */
export interface Eye {
  /** The text of a code in the frame that the video shows now. */
  read(video: HTMLVideoElement): Promise<string | undefined>
}

/** The side in px to which a frame is made smaller before our own decoder reads it. */
const SIDE = 640

type Detector = new (options: { formats: string[] }) => { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }

/** The browser's own detector where it knows QR codes; else our decoder, loaded only then. */
export async function openEye(): Promise<Eye> {
  const Native = (globalThis as { BarcodeDetector?: Detector & { getSupportedFormats(): Promise<string[]> } }).BarcodeDetector
  const formats = await Native?.getSupportedFormats().catch((): string[] => [])
  return Native && formats?.includes('qr_code') ? browserEye(new Native({ formats: ['qr_code'] })) : decoderEye()
}

function browserEye(detector: InstanceType<Detector>): Eye {
  return { read: async (video) => (await detector.detect(video))[0]?.rawValue }
}

async function decoderEye(): Promise<Eye> {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const paper = canvas.getContext('2d', { willReadFrequently: true })!
  return {
    async read(video) {
      const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight))
      canvas.width = Math.round(video.videoWidth * scale)
      canvas.height = Math.round(video.videoHeight * scale)
      paper.drawImage(video, 0, 0, canvas.width, canvas.height)
      try {
        return decodeQR(paper.getImageData(0, 0, canvas.width, canvas.height))
      } catch {
        // It throws when there is no code in the picture, as in most pictures.
        return undefined
      }
    },
  }
}

/** Where a picture lies on the sheet, and how far from its cell's corner it is drawn. */
export type Frame = readonly [x: number, y: number, w: number, h: number, left: number, top: number, shrunk: number]

export interface Atlas {
  image: ImageBitmap | HTMLImageElement
  frames: Readonly<Record<string, Frame>>
  scale: number
  /** What a season lays on the land and an hour over everything: red, green, blue, how much. */
  lights: Readonly<Record<string, readonly [number, number, number, number]>>
}

interface Told extends Pick<Atlas, 'lights'> {
  scale: number
  frames: Record<string, Frame>
}

// Drawn by `manage.py draw_sprites`; a glob, so that the types hold before it has run.
const sheets = import.meta.glob<string>('$shared/generated/game/atlas.webp', { eager: true, query: '?url', import: 'default' })
const lists = import.meta.glob<string>('$shared/generated/game/atlas.json', { eager: true, query: '?url', import: 'default' })

let loading: Promise<Atlas> | undefined

/** The pictures of the map, loaded once, after the first paint. */
export function loadAtlas(): Promise<Atlas> {
  loading ??= load().catch((fault: unknown) => {
    loading = undefined
    throw fault
  })
  return loading
}

async function load(): Promise<Atlas> {
  const [sheet] = Object.values(sheets)
  const [list] = Object.values(lists)
  if (!sheet || !list) throw new Error('the sprites were not drawn')
  const [told, image] = await Promise.all([fetch(list).then((got) => got.json() as Promise<Told>), picture(sheet)])
  return { ...told, image }
}

async function picture(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

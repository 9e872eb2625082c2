import type { KeptScan, Shelf } from './kept_scans.ts'

const DATABASE = 'campus.counter'
const SCANS = 'scans'

/** The device's own database; a write is promised only when it has reached the disk. */
export class DeviceShelf implements Shelf {
  #opened: Promise<IDBDatabase> | undefined

  async all(): Promise<KeptScan[]> {
    const scans = (await this.#open()).transaction(SCANS).objectStore(SCANS)
    return settled<KeptScan[]>(scans.getAll())
  }

  put(scan: KeptScan): Promise<void> {
    return this.#write((scans) => scans.put(scan))
  }

  drop(key: string): Promise<void> {
    return this.#write((scans) => scans.delete(key))
  }

  async #write(act: (scans: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = (await this.#open()).transaction(SCANS, 'readwrite', { durability: 'strict' })
    act(transaction.objectStore(SCANS))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  }

  #open(): Promise<IDBDatabase> {
    this.#opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(DATABASE, 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore(SCANS, { keyPath: 'key' })
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    return this.#opened
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

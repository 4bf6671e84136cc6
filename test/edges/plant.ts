import { registerHooks } from 'node:module'

// Preloaded into the program by tests: puts a fault of ours into one of its modules, which no input can do on purpose.

interface Plant {
  /** The end of the module's path. */
  readonly file: string
  /** What stands there, once. */
  readonly instead: string
  readonly put: string
}

const plant = JSON.parse(process.env.TASKTRAIL_TEST_PLANT ?? 'null') as Plant | null

if (plant !== null) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith(plant.file)) return loaded
      const source = String(loaded.source)
      if (source.split(plant.instead).length !== 2) throw new Error(`${plant.file}: no place for the planted fault`)
      return { ...loaded, source: source.replace(plant.instead, () => plant.put) }
    },
  })
}

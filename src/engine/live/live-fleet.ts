import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Fact } from '../../model/fact.ts'
import { shardOf } from '../fact-order.ts'
import { LiveHost, type LiveHostSnapshot, type LiveRelease } from './live-host.ts'
import { type LiveSettings, liveSettings } from './settings.ts'

/** What left a host because it is over. */
export interface HostRelease extends LiveRelease {
  readonly host: string
}

/**
 * All hosts of a live stream. Most are quiet most of the time: those that were not heard of lately are kept packed, which takes a
 * few kilobytes each, and made ready again by their next fact.
 */
export class LiveFleet {
  readonly #settings: LiveSettings
  /** By name, heard of longest ago first. */
  readonly #ready = new Map<string, LiveHost>()
  readonly #packed = new Map<string, Uint8Array>()
  /** The full names that were seen of each shard. */
  readonly #names = new Map<string, Set<string>>()
  #released: HostRelease[] = []

  constructor(settings: LiveSettings = liveSettings) {
    this.#settings = settings
  }

  /** The names of all hosts, in order. */
  names(): string[] {
    return [...this.#ready.keys(), ...this.#packed.keys()].sort()
  }

  /** Bytes that the packed hosts take. */
  packedBytes(): number {
    return [...this.#packed.values()].reduce((sum, { length }) => sum + length, 0)
  }

  /** Takes a fact from a source, whichever host it is of. */
  add(source: string, fact: Fact): void {
    this.#host(this.#nameOf(fact)).add(source, fact)
  }

  /** The host of this name, ready to be asked; undefined where none is known. */
  host(name: string): LiveHost | undefined {
    return this.#ready.has(name) || this.#packed.has(name) ? this.#host(name) : undefined
  }

  /** What is over on the hosts that are ready, and what was over on others when they were packed. */
  release(): HostRelease[] {
    for (const [name, host] of this.#ready) this.#release(name, host)
    const released = this.#released
    this.#released = []
    return released
  }

  /**
   * A bare short name is the only full name of its shard, as in a scan; here as far as is known by then. With several full names
   * it stays a host of its own.
   */
  #nameOf(fact: Fact): string {
    const shard = shardOf(fact)
    let names = this.#names.get(shard)
    if (!names) {
      names = new Set()
      this.#names.set(shard, names)
    }
    if (fact.host === shard) {
      const [only, another] = names
      return only !== undefined && another === undefined ? only : shard
    }
    if (!names.has(fact.host)) {
      if (names.size === 0) this.#rename(shard, fact.host)
      names.add(fact.host)
    }
    return fact.host
  }

  #rename(bare: string, full: string): void {
    const host = this.host(bare)
    if (!host) return
    host.rename(full)
    this.#ready.delete(bare)
    this.#ready.set(full, host)
  }

  #host(name: string): LiveHost {
    const packed = this.#packed.get(name)
    const host =
      this.#ready.get(name) ?? (packed ? unpacked(packed, this.#settings) : LiveHost.begin(name, this.#settings))
    this.#packed.delete(name)
    // to the end of those that were heard of longest ago
    this.#ready.delete(name)
    this.#ready.set(name, host)
    if (this.#ready.size > this.#settings.readyHosts) {
      for (const [longestAgo, quiet] of this.#ready) {
        this.#release(longestAgo, quiet)
        this.#ready.delete(longestAgo)
        this.#packed.set(longestAgo, packedHost(quiet))
        break
      }
    }
    return host
  }

  #release(name: string, host: LiveHost): void {
    const { chains, tasks } = host.release()
    if (chains.length > 0 || tasks.length > 0) this.#released.push({ host: name, chains, tasks })
  }
}

/** A level that takes a tenth less room than the usual one, and some milliseconds more. */
const level = { params: { [constants.ZSTD_c_compressionLevel]: 6 } }
const packedHost = (host: LiveHost): Uint8Array => zstdCompressSync(JSON.stringify(host.snapshot()), level)

function unpacked(bytes: Uint8Array, settings: LiveSettings): LiveHost {
  const snapshot = JSON.parse(zstdDecompressSync(bytes).toString('utf8')) as LiveHostSnapshot
  const restored = LiveHost.restore(snapshot, settings)
  // It was packed by this very program.
  if (restored.kind === 'problem') throw new Error(restored.reason)
  return restored.host
}

import { LogCounter } from '../coverage/index.ts'
import { readDefinition } from '../decode/task-xml/index.ts'
import { type ExtractTally, extract, newTally } from '../engine/extract.ts'
import { FactCollector } from '../engine/fact-runs.ts'
import type { Look, RecordReader, Spool, Unit } from '../engine/ports.ts'
import type { Fact } from '../model/fact.ts'
import { ownFault } from '../model/problem.ts'
import { interests } from '../normalize/index.ts'
import { openReader } from '../sources/index.ts'

/**
 * Reads units one after the other. A fault of ours in one of them is a problem of its input: what was read of it until then, and all
 * other units, are kept.
 */
export class Extraction {
  readonly tally: ExtractTally = newTally()
  readonly collector: FactCollector
  readonly #open: () => RecordReader
  #reader: RecordReader

  constructor(spool: Spool, open: (look: Look) => RecordReader = (look) => openReader(interests, look)) {
    this.collector = new FactCollector(spool)
    const counter = new LogCounter(this.tally.logs)
    this.#open = () => open((record, bytes) => counter.note(record, bytes))
    this.#reader = this.#open()
  }

  /** Throws what the system says of our own files: with a full disk no other unit would do better. */
  async read(unit: Unit, progress: (bytes: number, records: number) => void): Promise<void> {
    const own = new OwnFaults(this.#reader)
    try {
      const give = (fact: Fact) => this.collector.add(fact)
      await extract(unit, { reader: own, readDefinition, give, progress }, this.tally)
    } catch (error) {
      own.first ??= { error }
    }
    if (own.first === null) return
    const { error } = own.first
    if (error instanceof Error && 'syscall' in error) throw error
    this.tally.problems.push(ownFault(unit.name, error))
    this.#reader = this.#open() // nobody knows in which state the fault has left the other
  }
}

/** Keeps what is thrown by whom a reader hands its records to, which the reader would take for a fault of its file. */
class OwnFaults implements RecordReader {
  first: { readonly error: unknown } | null = null
  readonly #reader: RecordReader

  constructor(reader: RecordReader) {
    this.#reader = reader
  }

  read(...[unit, visit, report, progress]: Parameters<RecordReader['read']>): ReturnType<RecordReader['read']> {
    return this.#reader.read(
      unit,
      (record) => {
        try {
          visit(record)
        } catch (error) {
          this.first ??= { error }
          throw error
        }
      },
      (problem) => {
        if (this.first === null) report(problem)
      },
      progress,
    )
  }
}

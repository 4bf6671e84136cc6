/** So much may be looked at again in any input … */
const always = 16 << 20
/** … and beyond it so many times what was read of it. */
const times = 8

/**
 * How much of an input damage may make a splitter look at twice. After damage reading is taken up again as near as can be; in an
 * input made of nothing but damage that would be every byte for every other.
 */
export class Rescans {
  #spent = 0

  /** Whether reading may go back by so many bytes; `read`: bytes of the input that were met. */
  mayGoBack(bytes: number, read: number): boolean {
    if (this.#spent + bytes > always + times * read) return false
    this.#spent += bytes
    return true
  }
}

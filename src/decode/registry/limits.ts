/**
 * What a hive may ask of the reader. Every limit counts bytes or steps, so that a result never depends on a clock.
 * What real hives hold is far below each of them; what lies above is damage or an attack.
 */

/** The base block; offsets in a hive count from its end. */
export const BASE_BLOCK_SIZE = 4096

/** The largest piece of a value that lies in one cell when the value is cut into pieces (`db`). */
export const BIG_DATA_SEGMENT = 16_344

/** Keys inside keys. Windows allows 512: https://learn.microsoft.com/windows/win32/sysinfo/registry-element-size-limits */
export const MAX_KEY_DEPTH = 512

/** Bytes of a key's name. Windows allows 255 characters, of two bytes each. */
export const MAX_KEY_NAME_BYTES = 510

/** Bytes of a value's name. Windows allows 16 383 characters, of two bytes each. */
export const MAX_VALUE_NAME_BYTES = 32_766

/** Bytes of one value. The largest that are known in hives of real systems have a few megabytes. */
export const MAX_VALUE_BYTES = 16 * 1024 * 1024

/** Bytes of a security descriptor: an ACL's size is a 16-bit number, and a descriptor has at most two. */
export const MAX_SECURITY_BYTES = 256 * 1024

/**
 * Problems told of one hive, besides the first of each kind; the rest is counted in one last problem. A hive of nothing but
 * damage has millions.
 */
export const MAX_PROBLEMS_PER_HIVE = 64

/** Bytes read at once to check a log entry's hash: enough that the calls do not count. */
export const LOG_BLOCK = 64 * 1024

/** Pages of 512 bytes that logs may replace: 256 MB, where Windows writes the hive out after some megabytes. */
export const MAX_REPLACED_PAGES = 512 * 1024

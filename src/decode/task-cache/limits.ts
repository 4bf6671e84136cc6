/** What a TaskCache may ask of its reader. A host has some hundred tasks of some kilobytes; what lies above is an attack. */

/** Tasks that are read. */
export const MAX_TASKS = 20_000

/** Bytes of all values together: keys of a crafted hive can all point at the same megabytes. */
export const MAX_TASK_CACHE_BYTES = 64 * 1024 * 1024

/** Bytes of one value: the largest blobs (event queries) have some ten kilobytes. */
export const MAX_BLOB_BYTES = 1024 * 1024

/** Characters of a task's path; the service takes no more than 260. */
export const MAX_PATH_LENGTH = 1024

/** Bytes of one text inside a blob. */
export const MAX_TEXT_BYTES = 64 * 1024

/** Texts that are carved from what of a blob is not understood, and characters of each. */
export const MAX_CARVED_TEXTS = 16
export const MAX_CARVED_LENGTH = 1024

/** Bytes of what is not understood that are kept as hexadecimal text. */
export const MAX_UNREAD_BYTES = 4096

/** Elements of lists that are looked at below Tree: tasks and their folders. */
export const MAX_TREE_KEYS = 50_000

/** Values of one key; Windows writes some fifteen. */
export const MAX_VALUES_PER_KEY = 64

/** Actions and triggers of one task; the schema allows 32 and 48. */
export const MAX_ACTIONS = 256
export const MAX_TRIGGERS = 256

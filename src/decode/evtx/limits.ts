/**
 * What a file may ask of the decoder. Every limit counts bytes or steps, so that a result never depends on a clock.
 * What real logs hold is far below each of them; what lies above is damage or an attack.
 */

/** Every chunk of an EVTX file has this size; offsets inside a chunk count from its start. */
export const CHUNK_SIZE = 65_536

/** Records begin after the chunk's header, its string table and its template table. */
export const CHUNK_HEADER_SIZE = 512

/** Magic, size, record id and time; the size is repeated at the end of the record. */
export const RECORD_HEADER_SIZE = 24

/** The smallest record: header, fragment header and the trailing size. */
export const MIN_RECORD_SIZE = RECORD_HEADER_SIZE + 4 + 4

/** Characters of an element's or attribute's name. The longest in Windows' manifests have about a hundred. */
export const MAX_NAME_LENGTH = 1024

/** Elements inside elements of one definition. Windows' own manifests stay below 15. */
export const MAX_ELEMENT_DEPTH = 64

/** BinXML values inside BinXML values. Windows uses one (the body inside the event), forwarders two. */
export const MAX_VALUE_DEPTH = 8

/** Definitions of one chunk share its 64 KiB, so together they cannot be larger unless they overlap. */
export const MAX_DEFINITION_BYTES_PER_CHUNK = CHUNK_SIZE

/**
 * Bytes of definitions kept compiled, which take some thirty times as much memory. All kinds of event of the 73 real
 * logs at hand are a quarter of a megabyte; a host that logs all that Windows can has some thousand of half a kilobyte.
 */
export const MAX_CACHED_DEFINITION_BYTES = 2 * 1024 * 1024

/** Definitions kept under one GUID: the same provider on other hosts, channels and Windows versions. */
export const MAX_DEFINITIONS_PER_GUID = 32

/** Problems told of one chunk; the rest is counted in one last problem. A chunk of nothing but damage has thousands. */
export const MAX_PROBLEMS_PER_CHUNK = 16

/**
 * Characters that the XML of one record may have. A record is at most 64 KiB, and its values become at most four times
 * longer as text; but a definition may repeat one value thousands of times, and values nest.
 */
export const MAX_EXPANDED_CHARACTERS = 1024 * 1024

/**
 * Characters that all the XML that is made of one chunk may have, so that a thousand such records do not add up. Chunks
 * whose every record needs its XML (UserData of CAPI2) have some hundred thousand.
 */
export const MAX_EXPANDED_CHARACTERS_PER_CHUNK = 4 * MAX_EXPANDED_CHARACTERS

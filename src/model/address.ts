/** What is reserved for a host itself, its network or groups of hosts; RFC 6890, RFC 4193, RFC 5771, RFC 6598. */
const inside =
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^198\.1[89]\.|^(?:22[4-9]|2[345]\d)\.|^(?:::1?$|f[cdef])/i
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:.]+)$/i

/** Whether an IP address is another network's: not this host's, not of a private network, no group. */
export const isOutside = (text: string): boolean => address.test(text) && !inside.test(text)

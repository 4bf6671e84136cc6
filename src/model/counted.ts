/** 1234567 as 1,234,567. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** A number of things whose plural has an s: `1 host`, `1,200 hosts`. */
export const counted = (n: number, what: string): string => `${grouped(n)} ${what}${n === 1 ? '' : 's'}`

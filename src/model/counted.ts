/** 1234567 as 1,234,567. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** A number of things, of which most have an s where they are many: `1 host`, `1,200 hosts`, `2 processes`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`

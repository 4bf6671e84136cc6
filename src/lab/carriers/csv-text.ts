/** A table as RFC 4180 has it: a header, values quoted where they must be, CR LF. */
export function csvText(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
  { delimiter = ',', quoteAll = false }: { readonly delimiter?: string; readonly quoteAll?: boolean } = {},
): string {
  const value = (written: unknown) => {
    const text = String(written ?? '')
    return quoteAll || /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const line = (values: readonly unknown[]) => `${values.map(value).join(delimiter)}\r\n`
  return line(columns) + rows.map((row) => line(columns.map((column) => row[column]))).join('')
}

/** The text of an element with data, unpacked where it is packed: base64 of gzip. */
export async function packedText(element: HTMLElement): Promise<string> {
  const text = element.textContent ?? ''
  if (element.getAttribute('type') !== 'application/gzip') return text
  const unpacked = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip'))
  return await new Response(unpacked).text()
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const packed = atob(base64)
  const bytes = new Uint8Array(packed.length)
  for (let at = 0; at < packed.length; at++) bytes[at] = packed.charCodeAt(at)
  return bytes
}

/** On every answer. What is not a page needs nothing of a browser; the page's route says what it needs instead. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
}

/** The policy of a page whose scripts and styles are known by their SHA-256 (base64), and which asks nobody but this service. */
export function pagePolicy(scripts: readonly string[], styles: readonly string[]): string {
  const sources = (hashes: readonly string[]) => hashes.map((hash) => `'sha256-${hash}'`).join(' ') || "'none'"
  return [
    "default-src 'none'",
    `script-src ${sources(scripts)}`,
    `style-src ${sources(styles)}`,
    "img-src data: 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The token that an `Authorization` header carries; null: none, or in no form that we know. */
export function presentedToken(header: string | undefined): string | null {
  const [, scheme = '', credentials = ''] = /^([a-z]{1,10}) +(\S+) *$/i.exec(header ?? '') ?? []
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'splunk':
      return credentials
    case 'apikey': // Elasticsearch: base64 of id:key; the id is told by our key, too
    case 'basic': // base64 of user:password; any user
      return afterColon(Buffer.from(credentials, 'base64').toString('utf8'))
    default:
      return null
  }
}

function afterColon(text: string): string | null {
  const colon = text.indexOf(':')
  return colon < 0 ? null : text.slice(colon + 1)
}

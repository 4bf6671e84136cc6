/** Why the service does not start: something that whoever starts it can mend. */
export class ServiceRefused extends Error {
  override readonly name = 'ServiceRefused'
}

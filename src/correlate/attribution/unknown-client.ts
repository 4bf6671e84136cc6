import { imageName } from '../../model/command-line.ts'
import { clueOf } from '../changes/clue.ts'
import { routeOfImage } from './routes.ts'
import { namer, type Rule } from './rule.ts'

/** The audit log or a sensor names the process that called the service, and at most its program: no record shows the process. */
export const unknownClient: Rule = (change, who) => {
  const client = clueOf(change, 'client')
  if (!client?.pid) return undefined
  const { pid, image } = client
  if (image !== null) {
    return {
      route: routeOfImage(image),
      actor: { ...who, stated: { pid, image } },
      confidence: 'strong',
      because: `${namer(client.namedBy)} names process ${pid} as the client and says that it was ${imageName(image)}; no record shows its start.`,
      evidence: [],
    }
  }
  return {
    route: 'unknown',
    actor: { ...who, stated: { pid, image: null } },
    confidence: 'weak',
    because: `${namer(client.namedBy)} names process ${pid} as the client, but no record shows what that process was.`,
    evidence: [],
  }
}

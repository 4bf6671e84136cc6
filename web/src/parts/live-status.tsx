import { counted } from '../../../src/model/counted.ts'
import type { Connection, Session } from '../data/live.ts'
import { linkTo } from '../route.ts'

interface StatusProps {
  readonly connection: Connection
  readonly session: Session
  readonly count: number
  readonly forget: () => void
  readonly leave: () => void
}

/** How it is with the service, what came since one looked, and who looks. */
export const LiveStatus = ({ connection, session, count, forget, leave }: StatusProps) => (
  <div class="live">
    <p role="status" class={`connection ${connection}`} title={words[connection]}>
      {connection === 'connected' ? 'live' : words[connection]}
    </p>
    <p role="status">
      {count > 0 && (
        <>
          <a href={linkTo(['findings'], { order: 'newest' })}>{counted(count, 'news', 'news')}</a>
          <button type="button" class="quiet" onClick={forget} aria-label="mark all as seen">
            ✓
          </button>
        </>
      )}
    </p>
    <button type="button" class="quiet" onClick={leave} title={`${session.name}, ${session.role}`}>
      Log out
    </button>
  </div>
)

const words: Readonly<Record<Connection, string>> = {
  connected: 'findings come by themselves',
  lost: 'connection lost: what is shown may be old',
  expired: 'session ended',
}

import { render } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Connection, currentSession, LiveSource, logOut, type Session } from './data/live.ts'
import { keepTextLegible } from './legible.ts'
import { Page } from './page.tsx'
import { LiveStatus } from './parts/live-status.tsx'
import { Login } from './parts/login.tsx'

// The page of a service: it holds nothing, and shows what the service answers to whoever has a session.

/** What changes within this time is shown at once, in milliseconds; and how long the last stands, however much comes. */
const together = 300
const stands = 1_500
/** Findings that are marked; of more it is no mark any more. */
const mostFresh = 5_000

function Live({ first }: { first: Session | null }) {
  const [session, setSession] = useState(first)
  const [connection, setConnection] = useState<Connection>('connected')
  const { version, fresh, note, forget } = useNews()
  const source = useMemo(() => new LiveSource({ connection: setConnection, changed: note }), [note])
  const isIn = session !== null && connection !== 'expired'
  useEffect(() => {
    if (!isIn) return
    source.listen()
    return () => source.end()
  }, [source, isIn])
  const logIn = useCallback(
    (made: Session) => {
      setSession(made)
      setConnection('connected')
      note(null, 'changed')
    },
    [note],
  )
  const open = useCallback((id: string) => forget(id), [forget])
  if (session === null) return <Login isAgain={false} onLogin={logIn} />
  const leave = () => logOut(session).finally(() => location.reload())
  return (
    <>
      <Page source={source} version={version} fresh={fresh} onOpen={open}>
        <LiveStatus {...{ connection, session, leave }} count={fresh.size} forget={() => forget(null)} />
      </Page>
      {connection === 'expired' && <Login isAgain onLogin={logIn} />}
    </>
  )
}

/** What came or changed since one looked. Changes are told in bundles, so that a list does not run. */
function useNews() {
  const [version, setVersion] = useState(0)
  const [fresh, setFresh] = useState<ReadonlyMap<string, 'new' | 'changed'>>(new Map())
  const waiting = useRef(new Map<string, 'new' | 'changed' | 'gone'>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const shown = useRef(Number.NEGATIVE_INFINITY)
  const show = useCallback(() => {
    timer.current = null
    shown.current = performance.now()
    const changes = waiting.current
    waiting.current = new Map()
    setFresh((before) => {
      const after = new Map(before)
      for (const [id, is] of changes) {
        if (is === 'gone') after.delete(id)
        else if (after.size < mostFresh && after.get(id) !== 'new') after.set(id, is)
      }
      return after
    })
    setVersion((number) => number + 1)
  }, [])
  const note = useCallback(
    (id: string | null, is: 'new' | 'changed' | 'gone') => {
      if (id !== null) waiting.current.set(id, waiting.current.get(id) === 'new' && is === 'changed' ? 'new' : is)
      const wait = shown.current + stands - performance.now()
      timer.current ??= setTimeout(show, Math.max(together, wait))
    },
    [show],
  )
  const forget = useCallback((id: string | null) => {
    setFresh((before) => {
      if (id !== null && !before.has(id)) return before
      const after = new Map(id === null ? [] : before)
      if (id !== null) after.delete(id)
      return after
    })
  }, [])
  return { version, fresh, note, forget }
}

keepTextLegible()
const root = document.getElementById('page')
if (root) {
  currentSession().then(
    (session) => {
      render(<Live first={session} />, root)
      document.documentElement.dataset.ready = 'true'
    },
    (error) => {
      root.textContent = `The service cannot be reached: ${error instanceof Error ? error.message : String(error)}`
    },
  )
}

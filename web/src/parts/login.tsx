import { useEffect, useRef, useState } from 'preact/hooks'
import { logIn, Refused, type Session } from '../data/live.ts'

/** Asks for a token; over the page where one was looking at it already. */
export function Login({ isAgain, onLogin }: { isAgain: boolean; onLogin: (session: Session) => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [fault, setFault] = useState('')
  const [isAsking, setAsking] = useState(false)
  useEffect(() => {
    if (isAgain) dialog.current?.showModal()
    else dialog.current?.show()
  }, [isAgain])
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const token = String(new FormData(form).get('token') ?? '').trim()
    setAsking(true)
    setFault('')
    try {
      onLogin(await logIn(token))
    } catch (error) {
      setFault(error instanceof Refused ? error.message : 'the service cannot be reached')
    }
    setAsking(false)
  }
  return (
    <dialog ref={dialog} class="login" aria-labelledby="login-title" onCancel={(event) => event.preventDefault()}>
      <form onSubmit={submit}>
        <h1 id="login-title">{isAgain ? 'Your session has ended' : 'tasktrail'}</h1>
        <p>
          {isAgain
            ? 'Show your token again; you stay where you are.'
            : 'Show a token to see what was found. The first start of the service told one; tasktrail token add makes more.'}
        </p>
        <input name="username" type="text" autocomplete="username" value="tasktrail" hidden />
        <label>
          Token
          <input name="token" type="password" autocomplete="current-password" required autofocus spellcheck={false} />
        </label>
        <button type="submit" disabled={isAsking}>
          Open
        </button>
        <p role="alert" class={fault === '' ? '' : 'warn'}>
          {fault}
        </p>
      </form>
    </dialog>
  )
}

import { render } from 'preact'
import { embeddedSource } from './data/embedded.ts'
import { keepTextLegible } from './legible.ts'
import { Page } from './page.tsx'

// The page of a scan: all that it shows lies in it.

keepTextLegible()
const root = document.getElementById('page')
if (root) {
  embeddedSource().then(
    (source) => {
      render(<Page source={source} />, root)
      document.documentElement.dataset.ready = 'true'
    },
    (error) => {
      root.textContent = `This page cannot be opened: ${error instanceof Error ? error.message : String(error)}`
    },
  )
}

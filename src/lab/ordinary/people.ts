import { isWorkday, type Life, runFor, type Story } from '../fleet/life.ts'
import type { Stage } from '../fleet/stage.ts'
import { SYSTEM32 } from '../fleet/ways.ts'
import { later } from '../host/clock.ts'

const HOUR = 3_600_000
const perHour = { quiet: 6, normal: 30, busy: 120 }

const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\'
const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
const documents = ['Budget 2026.xlsx', 'Minutes.docx', 'Offer 117.docx', 'Plan.xlsx', 'Slides.pptx', 'Invoice.pdf']

/** What somebody starts at a desk: a browser with its children, documents, a calculator. */
function doSomething(stage: Stage, life: Life): void {
  const desk = stage.desks.at(-1)
  if (!desk) return
  const { host } = stage
  const { random } = life
  const minutes = random.between(0.2, 25) * 60_000
  const kind = random.next()
  if (kind < 0.5) {
    const browser = runFor(
      stage,
      desk.explorer,
      EDGE,
      `"${EDGE}" --single-argument https://intranet.example.test/`,
      minutes,
    )
    for (const type of ['gpu-process', 'utility', 'renderer', 'renderer']) {
      runFor(
        stage,
        browser,
        EDGE,
        `"${EDGE}" --type=${type} --field-trial-handle=${random.whole(1000, 9999)}`,
        minutes - 50,
      )
    }
    if (random.next() < 0.4) host.connect(browser, '203.0.113.80', 443)
    return
  }
  if (kind < 0.85) {
    const name = documents[random.whole(0, documents.length - 1)] ?? ''
    const program = name.endsWith('xlsx') ? 'EXCEL.EXE' : name.endsWith('docx') ? 'WINWORD.EXE' : 'POWERPNT.EXE'
    runFor(
      stage,
      desk.explorer,
      OFFICE + program,
      `"${OFFICE}${program}" "${host.home(desk.session)}Documents\\${name}"`,
      minutes,
    )
    return
  }
  const tool = ['notepad.exe', 'mspaint.exe', 'SnippingTool.exe', 'calc.exe'][random.whole(0, 3)] ?? 'notepad.exe'
  runFor(stage, desk.explorer, SYSTEM32 + tool, `"C:\\Windows\\system32\\${tool}"`, minutes)
}

/** People come and go in office hours and start programs. */
export const peopleAtWork: Story = (stage, life) => {
  for (const day of life.days) {
    if (!isWorkday(day) || life.plan.kind !== 'workstation') continue
    for (let hour = 9; hour < 17; hour++) {
      for (let n = 0; n < perHour[life.noise]; n++) {
        stage.agenda.plan(later(day, (hour + life.random.next()) * HOUR), () => doSomething(stage, life))
      }
    }
  }
}

const helpers = [
  'dllhost.exe',
  'RuntimeBroker.exe',
  'backgroundTaskHost.exe',
  'SearchProtocolHost.exe',
  'smartscreen.exe',
]

/** What Windows starts by itself all day, by DCOM. */
export const windowsAtWork: Story = (stage, life) => {
  for (const day of life.days) {
    for (let n = 0; n < perHour[life.noise] * 12; n++) {
      stage.agenda.plan(later(day, life.random.between(0, 24) * HOUR), () => {
        const file = helpers[life.random.whole(0, helpers.length - 1)] ?? 'dllhost.exe'
        const image = SYSTEM32 + file
        runFor(
          stage,
          stage.services.dcomLaunch,
          image,
          `C:\\Windows\\system32\\${file} -Embedding`,
          life.random.between(1000, 60_000),
        )
      })
    }
  }
}

/** Servers are logged on to over the network all the time. */
export const networkLogons: Story = (stage, life) => {
  if (life.plan.kind === 'workstation') return
  const [admin] = life.plan.users
  if (!admin) return
  for (const day of life.days) {
    for (let n = 0; n < perHour[life.noise] * 10; n++) {
      stage.agenda.plan(later(day, life.random.between(0, 24) * HOUR), () => {
        const address = `198.18.${life.random.whole(0, 3)}.${life.random.whole(1, 250)}`
        const session = stage.host.networkLogOn(admin, address, String(life.random.whole(49_700, 60_000)))
        stage.agenda.plan(later(stage.host.now, life.random.between(500, 30_000)), () => stage.host.logOff(session))
      })
    }
  }
}
